/* __int128. */
#include "report.h"

typedef unsigned __int128 u128;
typedef __int128 i128;

static u128 stored = 5;
static i128 negative[2] = {-7, 8};
struct holder {
    int first;
    i128 wide;
};

static unsigned long high(u128 value) { return value >> 64; }

static unsigned long multiply(unsigned long a, unsigned long b, unsigned long *low) {
    u128 product = (u128)a * b;
    *low = (unsigned long)product;
    return product >> 64;
}

int main(void) {
    stored = (u128)1 << 100;
    report(negative[0]);
    report(high(negative[0]) + negative[1]);
    unsigned long low;
    report(multiply(0xffffffffffffffff, 0xfffffffffffffffe, &low));
    report(low);
    report(high(stored));
    i128 n = -5;
    n *= 1000000000000000000;
    n *= 1000;
    report(n);
    report(high(n));
    report(n < 0);
    report(n / 1000000000000000000);
    report(n % 7);
    n >>= 3;
    report(n);
    n -= 1;
    n++;
    report(~n);
    struct holder holder = {3, -9};
    struct holder other = holder;
    other.wide += stored;
    report(high(other.wide));
    report(other.wide);
    report((u128)3.5e20);
    report(high(3.5e20));
    report_double((double)stored);
    report_double((float)n);
    report(!!(stored & ~(u128)0xff));
    report((int)(stored >> 98));
    stored |= 1;
    stored ^= 3;
    report(stored);
    return finish(0);
}
