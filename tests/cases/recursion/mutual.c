/* Two functions call each other down to a table's end. */
#include <stdio.h>

static int table[5] = {1, 2, 3, 4, 5};

static int odd(int n);
static int even(int n) { return n > 5 ? 0 : table[n] + odd(n + 1); } //~ error[bounds.read]
static int odd(int n) { return n > 5 ? 0 : -table[n] + even(n + 1); } //~ error[bounds.read]

//~ run: ./program
//~ run: ./program x
int main(int argc, char **argv) {
    (void)argv;
    printf("%d\n", argc > 1 ? even(0) : odd(0));
    return 0;
}
