/* Addresses of locals that are given back. */
//~ run: own_buffer(1)
//~ run: static_buffer(1)
//~ run: callers_buffer("x")
//~ run: passed_down(1)
#include <stdlib.h>

char *own_buffer(int n) {
    char text[8];
    text[0] = (char)(n & 7);
    return text;  //~ error[lifetime.stack-escape]: `text`
}

char *static_buffer(int n) {
    static char text[8];
    text[0] = (char)(n & 7);
    return text;
}

char *callers_buffer(char *text) {
    return text;
}

static int *inner(int *p) { return p; }

int passed_down(int n) {
    int local = n;
    return *inner(&local);
}
