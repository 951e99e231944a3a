/* A loop that runs once sets the value. */
#include <limits.h>
#include <stdio.h>

int main(void) {
    int data = 0;
    while (1) {
        data = INT_MAX;
        break;
    }
    int result = data + 1; //~ error[arith.overflow]
    printf("%d\n", result);
    return 0;
}
