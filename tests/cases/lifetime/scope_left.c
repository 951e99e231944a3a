/* A pointer to a variable of an inner block, used after the block. */
#include <stdio.h>

int main(void) {
    const int *p = NULL;
    for (int i = 0; i < 2; i++) {
        int inner = i;
        p = &inner;
    }
    printf("%d\n", *p); //~ error[lifetime.stack-escape]
    return 0;
}
