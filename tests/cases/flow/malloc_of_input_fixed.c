/* The size of a block comes from the command line. */
#include <stdio.h>
#include <stdlib.h>

//~ run: ./program 0
int main(int argc, char **argv) {
    if (argc != 2) return 1;
    unsigned n = (unsigned)(argv[1][0] - '0');
    if (n > 9) return 1;
    int *v = malloc(n * sizeof *v);
    if (!v) return 1;
    if (n > 0) v[0] = 1;
    free(v);
    return 0;
}
