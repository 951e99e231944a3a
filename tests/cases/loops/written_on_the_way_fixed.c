/* As many as there is room for. */
#include <stdio.h>
#include <stdlib.h>

//~ run: ./program 100000
int main(int argc, char **argv) {
    if (argc < 2) return 1;
    int count = atoi(argv[1]);
    if (count < 100000 || count > 200000) return 1;
    long *squares = malloc((size_t)count * sizeof *squares);
    if (!squares) return 1;
    for (long i = 0; i < count; i++) squares[i] = i * i;
    printf("%ld\n", squares[1]);
    free(squares);
    return 0;
}
