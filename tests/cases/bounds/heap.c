/* Blocks whose size the caller chooses. */
#include <stdlib.h>

//~ run: last_of(0)
int last_of(int n) {
    if (n < 0 || n > 1000) return -1;
    int *v = calloc((size_t)n, sizeof *v);
    if (!v) return -1;
    int last = v[n - 1];  //~ error[bounds.read]: n = 0
    free(v);
    return last;
}

//~ run: last_of_some(3)
//~ run: last_of_some(0)
int last_of_some(int n) {
    if (n <= 0 || n > 1000) return -1;
    int *v = calloc((size_t)n, sizeof *v);
    if (!v) return -1;
    int last = v[n - 1];
    free(v);
    return last;
}

struct pair {
    short key;
    long value;
};

//~ run: set_pair(2, 2)
long set_pair(unsigned n, unsigned i) {
    if (n == 0 || n > 64 || i > n) return 0;
    struct pair *p = calloc(n, sizeof *p);
    if (!p) return 0;
    p[i].value = 7;  //~ error[bounds.write]: n = 
    long v = p[0].value;
    free(p);
    return v;
}
