/* Two functions that call each other, each with a few numbers. */
//~ run: ./program 100
//~ run: ./program 4
#include <stdio.h>
#include <stdlib.h>

static int odd(int n);

static int even(int n) {
    int page[300];
    page[0] = n;
    return page[0] == 0 ? 1 : odd(n - 1);
}

static int odd(int n) {
    int page[200];
    page[0] = n;
    return page[0] == 0 ? 0 : even(n - 1);
}

int main(int argc, char **argv) {
    int n = argc > 1 ? atoi(argv[1]) : 0;
    if (n < 0 || n > 100) return 1;
    printf("%d\n", even(n));
    return 0;
}
