/* As many characters as the command line says, on the stack. */
//~ run: ./program 12000000
//~ run: ./program 20
#include <stdio.h>
#include <stdlib.h>

static int filled(int n) {
    char line[n];  //~ error[stack.overflow]: bytes of the stack, which has 8388608 in all
    for (int i = 0; i < n; i++) line[i] = '-';
    return n > 0 ? line[n - 1] : 0;
}

int main(int argc, char **argv) {
    if (argc < 2) return 1;
    int n = atoi(argv[1]);
    if (n < 1) return 1;
    printf("%d\n", filled(n));
    return 0;
}
