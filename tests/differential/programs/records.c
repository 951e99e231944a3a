/* Structures and unions: layout, copies, nesting, unnamed members, flexible members, records as values. */
#include <stddef.h>
#include <stdlib.h>

#include "report.h"

struct point {
    short x;
    long y;
};
struct box {
    char tag;
    struct point corner[2];
    union {
        int number;
        float real;
        unsigned char bytes[4];
    };
    struct {
        char inner, other;
    };
};
union word {
    unsigned value;
    unsigned short half[2];
    unsigned char byte[4];
};
struct __attribute__((packed)) packed {
    char a;
    int b;
    short c;
};
struct __attribute__((aligned(32))) aligned {
    char a;
};
struct text {
    int length;
    char data[];
};
struct empty {};

static struct point make(int x, long y) {
    struct point p = {(short)x, y};
    return p;
}
static struct point moved(struct point p, int by) {
    p.x += by;
    p.y -= by;
    return p;
}
static long area(struct box b) {
    b.corner[0].x = 100;
    return b.corner[1].y * b.corner[0].x;
}

int main(void) {
    report(sizeof(struct box));
    report(offsetof(struct box, corner[1].y));
    report(offsetof(struct box, other));
    report(sizeof(struct packed));
    report(_Alignof(struct aligned));
    report(sizeof(struct aligned));
    report(sizeof(struct text));
    report(sizeof(struct empty));
    struct box b = {'t', {{1, 2}, {3, 4}}, {7}, {8, 9}};
    struct box c = b;
    c.corner[0] = moved(c.corner[1], 5);
    report(c.corner[0].x + c.corner[0].y);
    report(area(c));
    report(c.corner[0].x);
    report(make(4, 5).y);
    report(moved(make(1, 2), 3).x);
    b.real = 1.0f;
    report(b.number);
    report(b.bytes[3]);
    report(b.inner + b.other);
    union word w = {0x12345678};
    report(w.half[1]);
    w.byte[0] = 0xff;
    report(w.value);
    struct packed p = {1, 0x01020304, -2};
    struct packed *q = &p;
    q->b++;
    report(q->b);
    report(p.c);
    struct text *t = malloc(sizeof *t + 4);
    t->length = 3;
    memcpy(t->data, "abc", 4);
    report(t->data[t->length - 1]);
    free(t);
    struct point many[3] = {[1] = {5, 6}};
    struct point *at = many;
    *++at = many[1];
    report(at->x + (at - 1)->y);
    report((c = b).corner[1].x);
    struct point chosen = b.tag ? many[1] : many[0];
    report(chosen.x);
    report((b.tag == 't' ? make(8, 9) : chosen).y);
    struct point both = (report(1), many[1]);
    report(both.y);
    report(((struct point){3, 4}).y);
    struct point *literal = &(struct point){.y = 6};
    literal->x++;
    report(literal->x + literal->y);
    return finish(0);
}
