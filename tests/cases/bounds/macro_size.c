/* The macro's size is that of another array. */
#include <stdio.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

int main(void) {
    int a[12] = {0};
    int b[9] = {0};
    int sum = 0;
    for (size_t i = 0; i < COUNT(a); i++) sum += a[i] + b[i]; //~ error[bounds.read]
    printf("%d\n", sum);
    return 0;
}
