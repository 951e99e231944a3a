/* Promotions and conversions of every integer type. */
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>

#include "report.h"

static signed char sc = -5;
static unsigned char uc = 250;
static short sh = -300;
static unsigned short us = 65000;
static int in = -70000;
static unsigned un = 4000000000u;
static long lo = -5000000000;
static unsigned long ul = 18000000000000000000ul;
static bool bo = true;
enum colour { red = -1, green, blue = 40 };
static enum colour shade = blue;

static void promoted(void) {
    report(uc + uc);
    report(sc * us);
    report(~uc);
    report(-us);
    report(sc < un);
    report(in < un);
    report(lo < ul);
    report(sh > uc);
    report((unsigned char)(uc + 10));
    report((signed char)(uc));
    report(bo + bo);
    report(!uc);
    report(shade + red);
    report((long)in * in);
    report(un * un);
    report(ul + in);
    report(us << 3);
    report(sh >> 2);
    report(un >> 31);
    report(in / 7);
    report(in % 7);
    report(un % 1000u);
    report(-7 / 2);
    report(-7 % 2);
    report(sizeof(sc + sc));
    report('a' + 1);
    report((bool)256);
    report((bool)0.5);
}

static void stepped(void) {
    signed char c = 126;
    c++;
    c += 1 - 2;
    report(c);
    unsigned char u = 255;
    u++;
    report(u);
    u -= 1;
    report(u);
    short s = 100;
    s *= 3;
    s <<= 2;
    s ^= 0x55;
    report(s);
    un += lo;
    report(un);
    un = 3;
    un -= 5;
    report(un);
    bool flag = 0;
    flag += 7;
    report(flag);
    flag ^= 1;
    report(flag);
    int i = 10;
    i = i++ + 5;
    report(i);
    long wide = 1;
    wide <<= 40;
    wide |= 3;
    wide %= 1000;
    report(wide);
    uint64_t hash = 14695981039346656037u;
    for (int k = 0; k < 5; k++) hash = (hash ^ (unsigned)k) * 1099511628211u;
    report(hash);
    uc /= 3;
    report(uc);
    in >>= 3;
    report(in);
    u = 100;
    u += 100.7;
    report(u);
}

int main(void) {
    promoted();
    stepped();
    report(INT_MAX);
    report(INT64_MIN);
    report(0x7fffffffffffffff);
    report(0xffffffff);
    report(0b1011);
    report(0777);
    report(1 ? -1 : 1u);
    return finish(0);
}
