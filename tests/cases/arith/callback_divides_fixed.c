/* The operation is chosen by its sign. */
#include <stdio.h>

static int plus(int a, int b) { return a / 2 + b / 2; }
static int over(int a, int b) { return b ? a / b : 0; }

static int apply(char sign, int a, int b) {
    int (*operation)(int, int) = sign == '+' ? plus : over;
    return operation(a, b);
}

//~ run: ./program /
int main(int argc, char **argv) {
    if (argc < 2) return 1;
    printf("%d\n", apply(argv[1][0], 7, 0));
    return 0;
}
