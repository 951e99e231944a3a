/* What is left of a line, as a length, is less than nothing. */
//~ run: ./program abcdefghijklmnopqrst
//~ run: ./program abc
#include <stdio.h>
#include <string.h>

static int padding(int used) {
    char blanks[16 - used];  //~ error[stack.overflow]
    memset(blanks, ' ', sizeof blanks);
    return (int)sizeof blanks;
}

int main(int argc, char **argv) {
    if (argc < 2 || strlen(argv[1]) == 16) return 1;
    printf("%d\n", padding((int)strlen(argv[1])));
    return 0;
}
