/* Values that were never set, and plain conditions. */
#include <gnomon.h>

struct pair {
    int left, right;
};

int never_set(void) {
    struct pair first, second;
    first.left = 1;
    second = first;
    GNOMON_ASSERT(defined(second.right));  //~ error[assert.fails]
    return 0;
}

int set_sometimes(int n) {
    int v[4];
    v[n & 1] = 1;
    GNOMON_ASSERT(defined(v[0] + v[2]));  //~ error[assert.fails]
    return 0;
}

int plain(int n) {
    GNOMON_ASSERT(n != 17);  //~ error[assert.fails]: n = 17
    return n;
}

int assumed_too_little(int n) {
    int v[4] = {0};
    GNOMON_ASSUME(n >= 0 && n <= 4);
    return v[n];  //~ error[bounds.read]: n = 4
}
