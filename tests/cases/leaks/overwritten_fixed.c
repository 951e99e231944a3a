/* The only pointer to the first block gets the second one. */
#include <stdlib.h>

int main(void) {
    char *p = malloc(8);
    if (!p) return 1;
    p[0] = 'a';
    free(p);
    p = malloc(16);
    free(p);
    return 0;
}
