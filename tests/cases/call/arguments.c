/* What library functions are given. */
//~ run: negative_size(-1)
//~ run: size(3)
//~ run: negative_block(-1)
//~ run: wrong_type(3)
//~ run: right_type(3)
//~ run: compatible_enough(2)
//~ run: overlapping(3)
//~ run: moved(3)
//~ run: appended_to_itself(4)
#include <stdlib.h>
#include <string.h>

int negative_size(int n) {
    char to[16] = "", from[16] = "";
    if (n > 16) return -1;
    memcpy(to, from, n);  //~ error[call.argument]: n = -1
    return to[0];
}

int size(int n) {
    char to[16] = "", from[16] = "";
    if (n < 0 || n > 16) return -1;
    memcpy(to, from, n);
    return to[0];
}

/* Refused, and that is looked at. */
int negative_block(int n) {
    char *p = malloc(n);
    if (!p) return -1;
    free(p);
    return 0;
}

static int of_double(double d) { return d > 1; }
static int of_int(int n) { return n > 1; }

int wrong_type(int n) {
    int (*f)(int) = n > 2 ? (int (*)(int))of_double : of_int;
    return f(n);  //~ error[call.pointer-type]: n = 3
}

int right_type(int n) {
    int (*f)(int) = of_int;
    return f(n);
}

static int compare(const int *a, const int *b) { return *a < *b ? -1 : *a > *b; }

int compatible_enough(int n) {
    int v[3] = {3, n, 1};
    qsort(v, 3, sizeof v[0], (int (*)(const void *, const void *))compare);
    return v[0];
}

int overlapping(int n) {
    char text[16] = "abcdefgh";
    if (n < 0 || n > 8) return -1;
    memcpy(text + 2, text, n);  //~ error[call.overlap]: n = 3
    return text[0];
}

int moved(int n) {
    char text[16] = "abcdefgh";
    if (n < 0 || n > 8) return -1;
    memmove(text + 2, text, n);
    return text[0];
}

int appended_to_itself(int n) {
    char text[32] = "abc";
    if (n > 3) strcat(text, text + 1);  //~ error[call.overlap]: n = 4
    return text[0];
}
