/* Arithmetic that C does not define. */
#include <limits.h>
#include <stdint.h>

int average(int total, int count) {
    return total / count;  //~ error[arith.div-zero]: count = 0
                           //~^ error[arith.overflow]: count = -1
}

int average_checked(int total, int count) {
    if (count <= 0) return 0;
    return total / count;
}

int next(int n) {
    return n + 1;  //~ error[arith.overflow]: n = 2147483647
}

int next_checked(int n) {
    if (n == INT_MAX) return n;
    return n + 1;
}

unsigned wraps(unsigned n) {
    return n + 1;
}

int magnitude(int n) {
    return n < 0 ? -n : n;  //~ error[arith.overflow]: n = -2147483648
}

int area(int w, int h) {
    if (w < 0 || h < 0) return 0;
    return w * h;  //~ error[arith.overflow]: w =
}

long area_wide(int w, int h) {
    return (long)w * h;
}

unsigned bit(unsigned n) {
    return 1u << n;  //~ error[arith.shift]: n =
}

unsigned bit_checked(unsigned n) {
    if (n >= 32) return 0;
    return 1u << n;
}

short narrow(short a, short b) {
    return (short)(a * b);
}

int remainder_of(long long a, long long b) {
    return (int)(a % b);  //~ error[arith.div-zero]: b = 0
                          //~^ error[arith.overflow]: b = -1
}

uint8_t mix(uint8_t a, uint8_t b) {
    return (uint8_t)((a << 3) ^ (b >> 2));
}
