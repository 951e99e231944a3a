/* A function of this file is called by another one, with an index that is too large. */
#include <stdio.h>

#include "each.h"

static int v[4] = {1, 2, 3, 4};
static int sum;

static void add(int i) { sum += v[i]; } //~ error[bounds.read]

int main(void) {
    each(4, add);
    printf("%d\n", sum);
    return 0;
}
