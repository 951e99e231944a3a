/* Bytes that nobody set, when something depends on them; copying them is allowed. */
//~ run: field(1)
//~ run: copied_partly(1)
//~ run: copied_then_used(1)
//~ run: printed(1)
//~ run: printed_set(1)
//~ run: length_of_nothing(0)
//~ run: length_of_text(0)
//~ run: index_of_nothing(1)
//~ run: bytes_copied(1)
//~ run: freed_pointer(0)
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct point {
    char tag;
    int x, y;
};

int field(int n) {
    struct point p;
    p.x = n;
    if (n > 2) p.y = n;
    if (p.y > 0) return 1;  //~ error[defined.read]: n =
    return 0;
}

int copied_partly(int n) {
    struct point p, q;
    p.x = n;
    q = p;
    struct point *r = malloc(sizeof *r);
    memcpy(r, &q, sizeof q);
    int x = r->x;
    free(r);
    return x;
}

int copied_then_used(int n) {
    struct point p, q;
    p.x = n;
    q = p;
    if (q.y) return 1;  //~ error[defined.read]
    return 0;
}

int printed(int n) {
    int *v = malloc(4 * sizeof *v);
    v[0] = n;
    printf("%d\n", v[n & 1]);  //~ error[defined.read]: n =
    free(v);
    return 0;
}

int printed_set(int n) {
    int *v = calloc(4, sizeof *v);
    v[0] = n;
    printf("%d\n", v[n & 1]);
    free(v);
    return 0;
}

int length_of_nothing(int n) {
    char text[8];
    if (n > 0) strcpy(text, "abc");
    return (int)strlen(text);  //~ error[defined.read]
}

int length_of_text(int n) {
    char text[8] = "";
    if (n > 0) strcpy(text, "abc");
    return (int)strlen(text);
}

int index_of_nothing(int n) {
    int places[3], values[3] = {1, 2, 3};
    places[0] = 0;
    places[1] = 1;
    return values[places[n & 1 ? 2 : 0] & 1];  //~ error[defined.read]
}

int bytes_copied(int n) {
    unsigned char from[4], to[4];
    from[0] = (unsigned char)n;
    for (int i = 0; i < 4; i++) to[i] = from[i];
    return to[0];
}

int freed_pointer(int n) {
    char *p;
    if (n > 0) p = malloc(1);
    free(p);  //~ error[defined.read]
    return 0;
}
