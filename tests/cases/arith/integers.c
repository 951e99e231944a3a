/* Arithmetic that C does not define. */
#include <limits.h>
#include <stdint.h>

//~ run: average(-2147483647 - 1, -1)
//~ run: average(3, 0)
int average(int total, int count) {
    return total / count;  //~ error[arith.div-zero]: count = 0
                           //~^ error[arith.overflow]: count = -1
}

//~ run: average_checked(3, 0)
int average_checked(int total, int count) {
    if (count <= 0) return 0;
    return total / count;
}

//~ run: next(2147483647)
int next(int n) {
    return n + 1;  //~ error[arith.overflow]: n = 2147483647
}

//~ run: next_checked(2147483647)
int next_checked(int n) {
    if (n == INT_MAX) return n;
    return n + 1;
}

//~ run: wraps(4294967295u)
unsigned wraps(unsigned n) {
    return n + 1;
}

//~ run: magnitude(-2147483647 - 1)
int magnitude(int n) {
    return n < 0 ? -n : n;  //~ error[arith.overflow]: n = -2147483648
}

//~ run: area(65536, 65536)
int area(int w, int h) {
    if (w < 0 || h < 0) return 0;
    return w * h;  //~ error[arith.overflow]: w =
}

//~ run: area_wide(65536, 65536)
long area_wide(int w, int h) {
    return (long)w * h;
}

//~ run: bit(32)
unsigned bit(unsigned n) {
    return 1u << n;  //~ error[arith.shift]: n =
}

//~ run: bit_checked(32)
unsigned bit_checked(unsigned n) {
    if (n >= 32) return 0;
    return 1u << n;
}

//~ run: narrow(32767, 32767)
short narrow(short a, short b) {
    return (short)(a * b);
}

//~ run: remainder_of(-9223372036854775807 - 1, -1)
//~ run: remainder_of(1, 0)
int remainder_of(long long a, long long b) {
    return (int)(a % b);  //~ error[arith.div-zero]: b = 0
                          //~^ error[arith.overflow]: b = -1
}

//~ run: mix(255, 255)
uint8_t mix(uint8_t a, uint8_t b) {
    return (uint8_t)((a << 3) ^ (b >> 2));
}
