/* A function that always says yes decides. */
#include <stdio.h>

static int yes(void) { return 1; }
static int no(void) { return 0; }

static void bad(void) {
    int data = 7;
    if (yes()) data = 0;
    printf("%d\n", 100 / data); //~ error[arith.div-zero]
}

static void good(void) {
    int data = 7;
    if (no()) data = 0;
    printf("%d\n", 100 / data);
}

int main(void) {
    good();
    bad();
    return 0;
}
