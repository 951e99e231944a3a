/* <math.h> of long double: what is exact is computed here; the rest is what the real functions give. */
#define _GNU_SOURCE
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "gnomon.h"

#define SIGN 0x8000
#define LARGEST_EXPONENT 0x7fff
#define ALL_WHOLE 9223372036854775808.0L /* 2^63: from there on, and of what is no number, all are whole */

struct parts {
    uint64_t significand;
    uint16_t sign_exponent;
};

static struct parts parts_of(long double number) {
    struct parts parts;
    memcpy(&parts.significand, &number, sizeof parts.significand);
    memcpy(&parts.sign_exponent, (const char*)&number + sizeof parts.significand, sizeof parts.sign_exponent);
    return parts;
}

static long double number_of(struct parts parts) {
    long double number = 0;
    memcpy(&number, &parts.significand, sizeof parts.significand);
    memcpy((char*)&number + sizeof parts.significand, &parts.sign_exponent, sizeof parts.sign_exponent);
    return number;
}

int __isnanl(long double number) { return number != number; }
int __finitel(long double number) { return (parts_of(number).sign_exponent & LARGEST_EXPONENT) != LARGEST_EXPONENT; }
int __signbitl(long double number) { return (parts_of(number).sign_exponent & SIGN) != 0; }
int __isinfl(long double number) {
    if (__finitel(number) || number != number) return 0;
    return __signbitl(number) ? -1 : 1;
}

long double copysignl(long double size, long double sign) {
    struct parts parts = parts_of(size);
    parts.sign_exponent = (parts.sign_exponent & LARGEST_EXPONENT) | (parts_of(sign).sign_exponent & SIGN);
    return number_of(parts);
}
long double fabsl(long double number) { return copysignl(number, 1); }
long double fminl(long double left, long double right) {
    return left != left ? right : right != right || left < right ? left : right;
}
long double fmaxl(long double left, long double right) {
    return left != left ? right : right != right || left > right ? left : right;
}
long double fdiml(long double left, long double right) {
    return left != left || right != right ? left + right : left > right ? left - right : 0;
}

long double truncl(long double number) {
    if (!(fabsl(number) < ALL_WHOLE)) return number;
    return copysignl((long double)(long)number, number);
}

long double floorl(long double number) {
    long double whole = truncl(number);
    return whole > number ? whole - 1 : whole;
}

long double ceill(long double number) {
    long double whole = truncl(number);
    return whole < number ? copysignl(whole + 1, number) : whole;
}

long double roundl(long double number) {
    long double whole = truncl(number);
    return fabsl(number - whole) >= 0.5L ? whole + copysignl(1, number) : whole;
}

long double rintl(long double number) {
    if (!(fabsl(number) < ALL_WHOLE)) return number;
    long double shift = copysignl(ALL_WHOLE, number);
    return copysignl(number + shift - shift, number);
}

long double nearbyintl(long double number) { return rintl(number); }
long lroundl(long double number) { return (long)roundl(number); }
long lrintl(long double number) { return (long)rintl(number); }
long double modfl(long double number, long double* whole) {
    *whole = truncl(number);
    return copysignl(__isinfl(number) ? 0 : number - *whole, number);
}

long double sqrtl(long double number) { return __gnomon_long_mathematics("sqrt", number, 0); }
long double cbrtl(long double number) { return __gnomon_long_mathematics("cbrt", number, 0); }
long double expl(long double number) { return __gnomon_long_mathematics("exp", number, 0); }
long double exp2l(long double number) { return __gnomon_long_mathematics("exp2", number, 0); }
long double logl(long double number) { return __gnomon_long_mathematics("log", number, 0); }
long double log2l(long double number) { return __gnomon_long_mathematics("log2", number, 0); }
long double log10l(long double number) { return __gnomon_long_mathematics("log10", number, 0); }
long double sinl(long double number) { return __gnomon_long_mathematics("sin", number, 0); }
long double cosl(long double number) { return __gnomon_long_mathematics("cos", number, 0); }
long double tanl(long double number) { return __gnomon_long_mathematics("tan", number, 0); }
long double asinl(long double number) { return __gnomon_long_mathematics("asin", number, 0); }
long double acosl(long double number) { return __gnomon_long_mathematics("acos", number, 0); }
long double atanl(long double number) { return __gnomon_long_mathematics("atan", number, 0); }
long double sinhl(long double number) { return __gnomon_long_mathematics("sinh", number, 0); }
long double coshl(long double number) { return __gnomon_long_mathematics("cosh", number, 0); }
long double tanhl(long double number) { return __gnomon_long_mathematics("tanh", number, 0); }
long double atan2l(long double left, long double right) { return __gnomon_long_mathematics("atan2", left, right); }
long double powl(long double left, long double right) { return __gnomon_long_mathematics("pow", left, right); }
long double fmodl(long double left, long double right) { return __gnomon_long_mathematics("fmod", left, right); }
long double hypotl(long double left, long double right) { return __gnomon_long_mathematics("hypot", left, right); }
long double ldexpl(long double number, int exponent) { return __gnomon_long_mathematics("ldexp", number, exponent); }
long double scalbnl(long double number, int exponent) { return __gnomon_long_mathematics("ldexp", number, exponent); }

/* number == result * 2^*exponent, with 0.5 <= |result| < 1. */
long double frexpl(long double number, int* exponent) {
    *exponent = 0;
    if (number == 0 || !__finitel(number)) return number;
    struct parts parts = parts_of(number);
    if ((parts.sign_exponent & LARGEST_EXPONENT) == 0) {
        parts = parts_of(number * 18446744073709551616.0L); /* 2^64 */
        *exponent = -64;
    }
    *exponent += (parts.sign_exponent & LARGEST_EXPONENT) - 0x3ffe;
    parts.sign_exponent = (parts.sign_exponent & SIGN) | 0x3ffe;
    return number_of(parts);
}
