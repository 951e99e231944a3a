/* Arrays on the stack, indexed with what the caller gives. */
#include <string.h>

//~ run: pick(4)
int pick(int i) {
    int table[4] = {1, 2, 3, 5};
    return table[i];  //~ error[bounds.read]: i =
}

//~ run: pick_checked(4)
int pick_checked(int i) {
    int table[4] = {1, 2, 3, 5};
    if (i < 0 || i >= 4) return 0;
    return table[i];
}

//~ run: pick_off_by_one(4)
int pick_off_by_one(int i) {
    int table[4] = {1, 2, 3, 5};
    if (i < 0 || i > 4) return 0;
    return table[i];  //~ error[bounds.read]: i = 4
}

//~ run: mark(8)
int mark(unsigned i) {
    char seen[8];
    memset(seen, 0, sizeof seen);
    seen[i & 15] = 1;  //~ error[bounds.write]: i =
    return seen[0];
}

//~ run: mark_masked(8)
int mark_masked(unsigned i) {
    char seen[8];
    memset(seen, 0, sizeof seen);
    seen[i & 7] = 1;
    return seen[0];
}
