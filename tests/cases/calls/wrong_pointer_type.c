/* A function of two arguments is called as one of one. */
#include <stdio.h>

static int add(int a, int b) { return a / 2 + b / 2; }

int main(void) {
    int (*f)(int) = (int (*)(int))add;
    printf("%d\n", f(1)); //~ error[call.pointer-type]
    return 0;
}
