/* The file that made the block uses it after the other one released it. */
#include <stdio.h>

#include "store.h"

int main(void) {
    int *v = store_new(3);
    if (!v) return 1;
    store_drop(v);
    printf("%d\n", v[0]); //~ error[lifetime.use-after-free]
    return 0;
}
