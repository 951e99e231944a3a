/* Values that nobody gave. */
#include <stdlib.h>

//~ run: grade(1)
int grade(int points) {
    int result;
    if (points > 50) result = 1;
    if (result) return 10;  //~ error[defined.read]: points =
    return 0;
}

//~ run: grade_set(1)
int grade_set(int points) {
    int result = 0;
    if (points > 50) result = 1;
    if (result) return 10;
    return 0;
}

//~ run: sum_some(2)
int sum_some(int n) {
    int v[4];
    if (n < 0 || n > 4) return -1;
    for (int i = 0; i < n; i++) v[i] = i;
    if (v[3] > 2) return 1;  //~ error[defined.read]: n =
    return 0;
}

//~ run: sum_all(2)
int sum_all(int n) {
    int v[4] = {0};
    if (n < 0 || n > 4) return -1;
    for (int i = 0; i < n; i++) v[i] = i;
    if (v[3] > 2) return 1;
    return 0;
}

//~ run: from_heap(1)
int from_heap(int n) {
    int *p = malloc(2 * sizeof *p);
    if (!p) return -1;
    p[0] = n;
    int r = 0;
    if (p[n & 1]) r = 1;  //~ error[defined.read]: n =
    free(p);
    return r;
}

struct options {
    int verbose;
    unsigned dry_run : 1;
    unsigned force : 1;
};

//~ run: bit_fields(1)
int bit_fields(int n) {
    struct options o;
    o.verbose = n;
    o.dry_run = 1;
    o.force = n & 1;
    if (o.force && o.dry_run) return o.verbose;
    return 0;
}
