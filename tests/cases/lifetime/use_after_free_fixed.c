/* A number is read after its block was freed. */
#include <stdio.h>
#include <stdlib.h>

int main(void) {
    int *p = malloc(sizeof *p);
    if (!p) return 1;
    *p = 3;
    printf("%d\n", *p);
    free(p);
    return 0;
}
