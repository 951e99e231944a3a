/* A pointer to a variable of an inner block, used after the block. */
#include <stdio.h>

int main(void) {
    const int *p = NULL;
    int inner;
    for (int i = 0; i < 2; i++) {
        inner = i;
        p = &inner;
    }
    printf("%d\n", *p);
    return 0;
}
