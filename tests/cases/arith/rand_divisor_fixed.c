/* A random divisor below four. */
#include <stdio.h>
#include <stdlib.h>

//~ run: for i in 1 2 3 4 5 6 7 8 9; do ./program $i || exit 1; done
int main(int argc, char **argv) {
    if (argc > 1) srand((unsigned)argv[1][0]);
    int parts = rand() % 4 + 1;
    printf("%d\n", 12 / parts);
    return 0;
}
