/* The wrong way is behind a constant. */
#include <stdio.h>

static const int five = 5;

static void bad(void) {
    int data = -1;
    if (five == 5) data = 10;
    int buffer[10] = {0};
    if (data >= 0) {
        buffer[data - 1] = 1;
        printf("%d\n", buffer[0]);
    }
}

static void good(void) {
    int data = -1;
    if (five != 5) data = 10;
    else data = 7;
    int buffer[10] = {0};
    if (data >= 0) {
        buffer[data] = 1;
        printf("%d\n", buffer[0]);
    }
}

int main(void) {
    good();
    bad();
    return 0;
}
