/* A loop that runs once sets the value. */
#include <limits.h>
#include <stdio.h>

int main(void) {
    int data = 0;
    while (1) {
        data = INT_MAX - 1;
        break;
    }
    int result = data + 1;
    printf("%d\n", result);
    return 0;
}
