/* A global keeps the address of a local of a function that has returned. */
#include <stdio.h>

static const int *current;

static void choose(int value) {
    int chosen = value;
    current = &chosen;
}

int main(void) {
    choose(5);
    printf("%d\n", *current); //~ error[lifetime.stack-escape]
    return 0;
}
