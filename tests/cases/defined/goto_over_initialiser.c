/* A goto jumps over the line that gives the value. */
#include <stdio.h>

//~ run: ./program x
int main(int argc, char **argv) {
    (void)argv;
    int limit;
    if (argc > 1) goto check;
    limit = 4;
check:
    if (argc > limit) return 1; //~ error[defined.read]
    return 0;
}
