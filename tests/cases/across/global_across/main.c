/* One file sets a size, another trusts it. */
#include <stdio.h>

#include "sizes.h"

int main(void) {
    set_size();
    printf("%d\n", use_size());
    return 0;
}
