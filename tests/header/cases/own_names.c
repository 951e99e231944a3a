/* The questions take no name from the program. */
#include <gnomon.h>

static int tainted = 3;
static int is_a(int first, int second) { return first == second; }
int defined(int value) { return value; }

int own(int n) {
    GNOMON_ASSERT(is_a(&n, "int"));
    return is_a(n, tainted) + defined(n);
}
