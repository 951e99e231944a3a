#include "sizes.h"

static int table[8];

int use_size(void) {
    int sum = 0;
    for (int i = 0; i < size; i++) sum += table[i]; //~ error[bounds.read]
    return sum;
}
