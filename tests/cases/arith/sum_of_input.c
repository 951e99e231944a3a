/* The mean of two numbers from standard input. */
#include <stdio.h>

//~ run: echo 2147483647 2147483647 | ./program
int main(void) {
    int a, b;
    if (scanf("%d %d", &a, &b) != 2) return 1;
    printf("%d\n", (a + b) / 2); //~ error[arith.overflow]
    return 0;
}
