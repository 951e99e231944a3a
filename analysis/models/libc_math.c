/* <math.h>: what is exact is computed here; the rest is what the real functions give. */
#define _GNU_SOURCE
#include <limits.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "gnomon.h"

#define SIGN (1ULL << 63)
#define INFINITY_BITS 0x7ff0000000000000ULL

static uint64_t bits_of(double number) {
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    return bits;
}

static double double_of(uint64_t bits) {
    double number;
    memcpy(&number, &bits, sizeof number);
    return number;
}

int __isnan(double number) { return number != number; }
int __isinf(double number) {
    return number > 0 && bits_of(number) == INFINITY_BITS ? 1 : bits_of(number) == (INFINITY_BITS | SIGN) ? -1 : 0;
}
int __finite(double number) { return (bits_of(number) & INFINITY_BITS) != INFINITY_BITS; }
int __signbit(double number) { return (bits_of(number) & SIGN) != 0; }

double fabs(double number) { return double_of(bits_of(number) & ~SIGN); }
double copysign(double size, double sign) { return double_of((bits_of(size) & ~SIGN) | (bits_of(sign) & SIGN)); }
double fmin(double left, double right) { return left != left ? right : right != right || left < right ? left : right; }
double fmax(double left, double right) { return left != left ? right : right != right || left > right ? left : right; }
double fdim(double left, double right) {
    return left != left || right != right ? left + right : left > right ? left - right : 0;
}

/* From 2^52 on, and of what is no number, all are whole. */
double trunc(double number) {
    if (!(fabs(number) < 4503599627370496.0)) return number;
    return copysign((double)(long)number, number);
}

/* In comparisons and sums only, where integers as floats are exact. */
static double toward_zero(double number) { return (double)(long)number; }
static int is_small(double number) { return number < 4503599627370496.0 && number > -4503599627370496.0; }

double floor(double number) {
    if (!is_small(number)) return number;
    double whole = toward_zero(number);
    if (whole == number) return number;
    return whole > number ? whole - 1 : whole;
}

double ceil(double number) {
    if (!is_small(number)) return number;
    double whole = toward_zero(number);
    if (whole == number) return number;
    if (whole < number) return whole + 1;
    return whole == 0 ? -0.0 : whole;
}

double round(double number) {
    double whole = trunc(number);
    return fabs(number - whole) >= 0.5 ? whole + copysign(1, number) : whole;
}

double rint(double number) {
    if (!(fabs(number) < 4503599627370496.0)) return number;
    double shift = copysign(4503599627370496.0, number);
    return copysign(number + shift - shift, number);
}

double nearbyint(double number) { return rint(number); }
long lround(double number) { return (long)round(number); }
long lrint(double number) { return (long)rint(number); }
double modf(double number, double* whole) {
    *whole = trunc(number);
    return copysign(fabs(number) == double_of(INFINITY_BITS) ? 0 : number - *whole, number);
}

float fabsf(float number) { return (float)fabs(number); }
float floorf(float number) { return (float)floor(number); }
float ceilf(float number) { return (float)ceil(number); }
float truncf(float number) { return (float)trunc(number); }
float roundf(float number) { return (float)round(number); }
float fminf(float left, float right) { return (float)fmin(left, right); }
float fmaxf(float left, float right) { return (float)fmax(left, right); }

double sqrt(double number) { return __gnomon_mathematics("sqrt", number, 0); }
double cbrt(double number) { return __gnomon_mathematics("cbrt", number, 0); }
double exp(double number) { return __gnomon_mathematics("exp", number, 0); }
double exp2(double number) { return __gnomon_mathematics("exp2", number, 0); }
double log(double number) { return __gnomon_mathematics("log", number, 0); }
double log2(double number) { return __gnomon_mathematics("log2", number, 0); }
double log10(double number) { return __gnomon_mathematics("log10", number, 0); }
double sin(double number) { return __gnomon_mathematics("sin", number, 0); }
double cos(double number) { return __gnomon_mathematics("cos", number, 0); }
double tan(double number) { return __gnomon_mathematics("tan", number, 0); }
double asin(double number) { return __gnomon_mathematics("asin", number, 0); }
double acos(double number) { return __gnomon_mathematics("acos", number, 0); }
double atan(double number) { return __gnomon_mathematics("atan", number, 0); }
double sinh(double number) { return __gnomon_mathematics("sinh", number, 0); }
double cosh(double number) { return __gnomon_mathematics("cosh", number, 0); }
double tanh(double number) { return __gnomon_mathematics("tanh", number, 0); }
double atan2(double left, double right) { return __gnomon_mathematics("atan2", left, right); }
double pow(double left, double right) { return __gnomon_mathematics("pow", left, right); }
double fmod(double left, double right) { return __gnomon_mathematics("fmod", left, right); }
double hypot(double left, double right) { return __gnomon_mathematics("hypot", left, right); }
double ldexp(double number, int exponent) { return __gnomon_mathematics("ldexp", number, exponent); }
double scalbn(double number, int exponent) { return __gnomon_mathematics("ldexp", number, exponent); }
float sqrtf(float number) { return (float)sqrt(number); }

/* number == result * 2^*exponent, with 0.5 <= |result| < 1. */
double frexp(double number, int* exponent) {
    *exponent = 0;
    if (number == 0 || !__finite(number)) return number;
    if (fabs(number) < 2.2250738585072014e-308) {
        number *= 18014398509481984.0; /* 2^54 */
        *exponent = -54;
    }
    *exponent += (int)(bits_of(number) >> 52 & 0x7ff) - 1022;
    return double_of((bits_of(number) & ~INFINITY_BITS) | 0x3fe0000000000000ULL);
}
