/* The tag says pointer, the value is a number. */
#include <stdio.h>

enum tag { NUMBER, TEXT };

struct value {
    enum tag tag;
    union {
        long number;
        const char *text;
    };
};

static int length(const struct value *v) {
    if (v->tag == NUMBER || !v->text) return 0;
    int n = 0;
    while (v->text[n]) n++;
    return n;
}

int main(void) {
    struct value v = {NUMBER, {.number = 0}};
    int n = length(&v);
    v.tag = TEXT;
    n += length(&v);
    printf("%d\n", n);
    return 0;
}
