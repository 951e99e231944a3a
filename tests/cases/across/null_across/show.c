#include "box.h"

#include <stdio.h>

int show(const struct box *box) {
    printf("%d\n", box->size); //~ error[null.deref]
    return 0;
}
