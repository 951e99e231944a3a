/* The struct goes, and with it the only pointer to its name. */
#include <stdlib.h>
#include <string.h>

struct person {
    char *name;
};

int main(void) {
    struct person *p = malloc(sizeof *p);
    if (!p) return 1;
    p->name = strdup("Ada");
    free(p); //~ error[lifetime.leak]
    return 0;
}
