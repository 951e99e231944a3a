#include "store.h"

#include <stdlib.h>

int *store_new(int value) {
    int *v = malloc(sizeof *v);
    if (v) *v = value;
    return v;
}

void store_drop(int *v) { free(v); }
