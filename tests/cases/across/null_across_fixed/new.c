#include "box.h"

#include <stddef.h>

static struct box only;

struct box *box_new(int size) {
    if (size < 0) return NULL;
    only.size = size;
    return &only;
}
