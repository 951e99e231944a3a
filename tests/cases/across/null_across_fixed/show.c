#include "box.h"

#include <stdio.h>

int show(const struct box *box) {
    if (!box) return 1;
    printf("%d\n", box->size);
    return 0;
}
