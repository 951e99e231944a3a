/* Freed when the argument is long, used in any case. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

//~ run: ./program abcdef
int main(int argc, char **argv) {
    if (argc < 2) return 1;
    int *counter = calloc(1, sizeof *counter);
    if (!counter) return 1;
    size_t n = strlen(argv[1]);
    *counter = (int)(n & 7);
    free(counter);
    return 0;
}
