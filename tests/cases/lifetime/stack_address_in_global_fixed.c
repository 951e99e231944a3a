/* A global keeps the address of a local of a function that has returned. */
#include <stdio.h>

static const int *current;

static void choose(int value) {
    static int chosen;
    chosen = value;
    current = &chosen;
}

int main(void) {
    choose(5);
    printf("%d\n", *current);
    return 0;
}
