/* As many characters as the command line says, on the stack, where they fit it. */
//~ run: ./program 12000000
//~ run: ./program 20
#include <stdio.h>
#include <stdlib.h>

static int filled(int n) {
    char line[n];
    for (int i = 0; i < n; i++) line[i] = '-';
    return n > 0 ? line[n - 1] : 0;
}

int main(int argc, char **argv) {
    if (argc < 2) return 1;
    int n = atoi(argv[1]);
    if (n < 1 || n > 4096) return 1;
    printf("%d\n", filled(n));
    return 0;
}
