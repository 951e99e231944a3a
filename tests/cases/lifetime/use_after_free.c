/* A number is read after its block was freed. */
#include <stdio.h>
#include <stdlib.h>

int main(void) {
    int *p = malloc(sizeof *p);
    if (!p) return 1;
    *p = 3;
    free(p);
    printf("%d\n", *p); //~ error[lifetime.use-after-free]
    return 0;
}
