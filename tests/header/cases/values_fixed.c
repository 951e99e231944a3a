/* Values that were set, and plain conditions. */
#include <gnomon.h>

int set(int n) {
    int v[4] = {0};
    char letter;
    letter = (char)n;
    GNOMON_ASSERT(defined(v[n & 3]) && defined(letter) && defined(&v[2]) && defined(n * 0.5));
    return letter;
}

struct pair {
    int left, right;
};

int copied(void) {
    struct pair first, second;
    first.left = 1;
    second = first;
    GNOMON_ASSERT(defined(second.left) && !defined(second.right));
    return 0;
}

int plain(int n) {
    GNOMON_ASSERT((n & 3) < 4);
    return n;
}

int assumed(int n) {
    int v[4] = {0};
    GNOMON_ASSUME(n >= 0 && n < 4);
    return v[n];
}
