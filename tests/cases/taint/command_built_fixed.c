/* The variable says how many lines are shown: digits are all that comes into the command. */
//~ run: LINES_SHOWN=3 ./program
#include <stdio.h>
#include <stdlib.h>

int main(void) {
    char command[64];
    const char *text = getenv("LINES_SHOWN");
    int count = text ? atoi(text) : 10;
    snprintf(command, sizeof command, "head -n %d /dev/null", count & 63);
    return system(command) != 0;
}
