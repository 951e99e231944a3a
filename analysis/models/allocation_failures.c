#include "allocation_failures.h"

#ifdef GNOMON_ALLOCATION_FAILURES
static int may_fail = 1;
#else
static int may_fail;
#endif

int gnomon_let_allocation_fail(int let) {
    int before = may_fail;
    may_fail = let;
    return before;
}

int gnomon_may_allocation_fail(void) { return may_fail; }
