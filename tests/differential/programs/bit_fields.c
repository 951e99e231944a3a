/* Bit fields: signed, unsigned, of every width, across units, packed, in unions. */
#include <stdbool.h>

#include "report.h"

struct flags {
    unsigned a : 3;
    signed b : 5;
    int : 0;
    unsigned long c : 40;
    bool d : 1;
    unsigned char e : 7;
    short f : 9;
};
#pragma pack(push, 1)
struct packed {
    unsigned a : 3;
    signed b : 30;
    unsigned long c : 63;
    signed d : 1;
    unsigned e : 31;
    unsigned long g : 64;
    unsigned h : 5;
};
#pragma pack(pop)
struct __attribute__((packed)) three {
    unsigned x : 17;
    unsigned y : 7;
};
struct __attribute__((packed)) late {
    char c;
    long wide : 61;
    int narrow : 3;
};
union both {
    unsigned word;
    struct {
        unsigned low : 12;
        unsigned high : 20;
    };
};
enum colour { red, green, blue };
struct shade {
    enum colour colour : 2;
    unsigned rest : 6;
};

static struct flags global = {5, -3, 1ul << 35, true, 100, -200};
static struct packed tight = {7, -12345, 0x7abcdef012345678, -1, 0x7fffffff, 0x1234567890abcdef, 17};
static struct late odd = {1, -(1l << 59), -2};

static void show(const struct packed *p) {
    report(p->a);
    report(p->b);
    report(p->c);
    report(p->d);
    report(p->e);
    report(p->g);
    report(p->h);
}

int main(void) {
    struct flags f = {0};
    f.a = 9;
    f.b = 15;
    f.b++;
    f.c = ~0ul;
    f.d = 4;
    f.e += 200;
    f.f = 255;
    report(f.a);
    report(f.b);
    report(f.c);
    report(f.d);
    report(f.e);
    report(f.f);
    report(f.a = 12);
    report(f.b -= 7);
    report(f.a++);
    report(++f.a);
    report(global.a + global.b);
    report(global.c);
    report(global.e + global.f);
    report(f.a - 5 < 0);
    report((f.c << 30) != 0);
    report(~f.a);
    show(&tight);
    tight.c = 0x5555555555555555;
    tight.b = 1 << 28;
    tight.e = 0;
    tight.g--;
    tight.h ^= 31;
    show(&tight);
    struct packed local = {.c = 3, .g = 5, .h = 1};
    local.d = tight.d;
    show(&local);
    report(sizeof(struct packed));
    report(odd.c);
    report(odd.wide);
    report(odd.narrow);
    odd.wide = 123456789012345678;
    odd.narrow = 3;
    report(odd.wide + odd.narrow);
    struct three t = {100000, 99};
    t.y += 30;
    report(t.x);
    report(t.y);
    report(sizeof t);
    union both u = {.word = 0xabcdef12};
    report(u.low);
    u.high = 1;
    report(u.word);
    struct shade s = {blue, 33};
    report(s.colour == blue);
    report(s.rest);
    return finish(0);
}
