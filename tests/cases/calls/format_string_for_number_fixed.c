/* %s is given a number. */
#include <stdio.h>

int main(void) {
    int age = 7;
    printf("%d\n", age);
    return 0;
}
