/* A value was added to the enumeration and not to the table. */
#include <stdio.h>

enum colour { RED, GREEN, BLUE, WHITE, COLOURS };

static const char *const names[] = {"red", "green", "blue"};

int main(void) {
    for (int c = RED; c < COLOURS; c++) {
        puts(names[c]); //~ error[bounds.read]
    }
    return 0;
}
