/* fgets is told a larger size than the array has. */
#include <stdio.h>

//~ run: echo 0123456789012345678901234567890123456789 | ./program
int main(void) {
    char line[16];
    if (!fgets(line, sizeof line, stdin)) return 1;
    fputs(line, stdout);
    return 0;
}
