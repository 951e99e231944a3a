/* Blocks used after they are freed, and freed twice. */
#include <stdlib.h>

//~ run: use_after(11)
int use_after(int n) {
    int *p = malloc(sizeof *p);
    if (!p) return -1;
    *p = n;
    if (n > 10) free(p);
    int v = *p;  //~ error[lifetime.use-after-free]: n =
    if (n <= 10) free(p);
    return v;
}

//~ run: use_before(11)
int use_before(int n) {
    int *p = malloc(sizeof *p);
    if (!p) return -1;
    *p = n;
    int v = *p;
    free(p);
    return v;
}

//~ run: twice(3)
int twice(int n) {
    char *p = malloc(4);
    if (!p) return -1;
    if (n == 3) free(p);
    free(p);  //~ error[lifetime.double-free]: n = 3
    return 0;
}

//~ run: once(3)
int once(int n) {
    char *p = malloc(4);
    if (!p) return -1;
    if (n == 3) {
        free(p);
        p = NULL;
    }
    free(p);
    return 0;
}

static int *address(int n) {
    int local = n;
    int *p = &local;
    return p;
}

//~ run: escaped(3)
int escaped(int n) {
    return *address(n);  //~ error[lifetime.stack-escape]
}
