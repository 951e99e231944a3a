/* A freed block is made larger. */
#include <stdlib.h>

int main(void) {
    char *p = malloc(4);
    if (!p) return 1;
    free(p);
    char *q = realloc(p, 8); //~ error[lifetime.use-after-free]
    free(q);
    return 0;
}
