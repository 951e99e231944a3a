// A number in an argument, read with care: all of the text must belong to it.
//~ run: ./program 100
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

static int square(int n) {
    int squares[100];
    for (int i = 0; i < 100; i++) squares[i] = i * i;
    return squares[n];
}

int main(int argc, char **argv) {
    if (argc < 2) return 1;
    char *end;
    errno = 0;
    long n = strtol(argv[1], &end, 10);
    if (end == argv[1] || *end != '\0' || errno != 0) {
        fprintf(stderr, "no number\n");
        return 2;
    }
    if (n < 0 || n >= 100) return 3;
    printf("%d\n", square((int)n));
    return 0;
}
