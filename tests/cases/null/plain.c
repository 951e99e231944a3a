/* Results that may be null. */
#include <stdlib.h>
#include <string.h>

static const int *find(const int *table, int n, int wanted) {
    for (int i = 0; i < n; i++)
        if (table[i] == wanted) return &table[i];
    return NULL;
}

static const int primes[] = {2, 3, 5, 7};

//~ run: value_of(5)
//~ run: value_of(4)
int value_of(int wanted) {
    return *find(primes, 4, wanted);  //~ error[null.deref]: wanted =
}

//~ run: value_of_checked(4)
int value_of_checked(int wanted) {
    const int *p = find(primes, 4, wanted);
    return p ? *p : 0;
}

//~ run: after_comma("a,")
//~ run: after_comma("a")
int after_comma(const char *s) {
    const char *comma = strchr(s, ',');
    return comma[1];  //~ error[null.deref]: s =
}

//~ run: after_comma_checked("a")
int after_comma_checked(const char *s) {
    const char *comma = strchr(s, ',');
    return comma ? comma[1] : 0;
}
