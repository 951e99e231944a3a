/* long double: x87 arithmetic, in all its forms. */
#include <float.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "report.h"

typedef long double number;

static number stored = 2.5L;
static number constants[] = {0.1L, -1.0L / 3, 1, -7, 18446744073709551615u, 0x1.8p-16000L, 1e4000L, 0.1, 0.1f, LDBL_MAX};
static const number *const third = &constants[2];
struct pair {
    char tag;
    number value;
    int rest;
};
static struct pair pairs[2] = {{1, 8.5L, 2}, {.value = -0.0L}};
union view {
    number value;
    struct {
        unsigned long significand;
        unsigned short sign_exponent;
    } parts;
};

static void report_long(number value) {
    union view view;
    view.value = value;
    report(view.parts.significand);
    report(view.parts.sign_exponent);
}

static number twice(number x) { return x * 2; }
static number mixed(int a, number x, double b, number y, char c) { return a * x + b * y - c; }
static number (*chosen)(number) = twice;

static number sum(int count, ...) {
    va_list list;
    va_start(list, count);
    number total = 0;
    for (int i = 0; i < count; i++) {
        total += va_arg(list, number);
        total += va_arg(list, int);
    }
    va_end(list);
    return total;
}

static struct pair changed(struct pair pair) {
    pair.value /= 3;
    return pair;
}

static number power(number base, int exponent) { return exponent == 0 ? 1 : base * power(base, exponent - 1); }

static void constants_and_literals(void) {
    for (unsigned i = 0; i < sizeof constants / sizeof *constants; i++) report_long(constants[i]);
    report_long(*third);
    report_long(pairs[0].value);
    report_long(pairs[1].value);
    report_long(LDBL_EPSILON);
    report_long(3.14159265358979323846264338327950288L);
    report_long(0x1.fffffffffffffffep0L);
    report_long(1e-4950L);
    static number local = -1.5L;
    report_long(local--);
    report_long(--local);
    report(sizeof local + _Alignof(number) + sizeof(struct pair));
}

static void operators(number x, number y) {
    report_long(x + y);
    report_long(x - y);
    report_long(x * y);
    report_long(x / y);
    report_long(-x);
    report_long(+y);
    report(!x);
    report(x < y);
    report(x <= y);
    report(x > y);
    report(x >= y);
    report(x == y);
    report(x != y);
    report(x && y);
    report(x || y);
    report_long(x > y ? x : y);
    report_long(x ?: y);
    report_long(x ? 1 : y);
    report_long((x, y));
    number z = x;
    z += y;
    z -= 0.1L;
    z *= x;
    z /= 3;
    report_long(z);
    report_long(z++);
    report_long(++z);
    report_long(z--);
    report_long(--z);
    if (x) report(1);
    while (z > 1e3L && z < 1e9L) z /= 1000;
    report_long(z);
}

static void conversions(number x) {
    report((int)x);
    report((unsigned)x);
    report((signed char)x);
    report((unsigned char)x);
    report((short)-x);
    report((long)(x * 1000000000000.0L));
    report((unsigned long)(x * 1000000000000.0L));
    report((long)-9223372036854775808.0L);
    report((long)9223372036854775807.0L);
    report((unsigned long)18446744073709551615.0L);
    report((unsigned char)-0.99L);
    report((signed char)-128.9L);
    report((_Bool)(x - x));
    report((_Bool)1e-4000L);
    report_double((double)(x / 3));
    report_double((float)(x / 3));
    report_double((double)1e400L);
    report_double((double)1e-320L);
    float f = x / 7;
    double d = x / 7;
    report_double(f);
    report_double(d);
    report_long(f);
    report_long(d);
    report_long((signed char)-5);
    report_long((unsigned char)200);
    report_long(-5l);
    report_long(~0ul);
    report_long(-9223372036854775807l - 1);
    report_long((_Bool)3);
    report_long('a');
    int n = 7;
    n *= 1.5L;
    report(n);
    n += x;
    report(n);
    d -= x;
    report_double(d);
    f = n + 0.1L;
    report_double(f);
    report(n < 3.5L);
    report_long(n / 2 + 1.0f + 0.1 + x);
    unsigned __int128 wide = (unsigned __int128)-1;
    __int128 negative = -(__int128)12345678901234567;
    report_long(wide);
    report_long(wide - ((unsigned __int128)1 << 63));
    report_long(negative * 1000000000000);
    report((unsigned __int128)(number)(wide >> 1) >> 64);
    report((__int128)(-x * 1e30L) >> 64);
    report((__int128)(-x * 1e30L));
}

static void special(void) {
    number infinity = __builtin_huge_vall(), nothing = infinity - infinity, zero = stored - stored;
    report_long(infinity);
    report_long(nothing);
    report_long(zero / zero);
    report_long(-zero);
    report_long(LDBL_MAX * 2);
    report_long(1e-4940L / 1e10L);
    report_long(0x1p-16445L / 2);
    report_long(0x1p-16445L * 1.5L);
    report(nothing == nothing);
    report(nothing != nothing);
    report(nothing < 1 || nothing > 1 || nothing <= 1 || nothing >= 1);
    report(zero == -zero);
    report(!nothing);
    report(isnan(nothing) + 2 * isinf(infinity) + 4 * isfinite(stored) + 8 * !!signbit(-zero));
    report(isnan(infinity) || isinf(nothing) || isfinite(infinity) || isfinite(nothing) || signbit(zero));
    report(isunordered(nothing, stored) + 2 * isgreater(stored, zero) + 4 * isless(stored, nothing));
    report_long(__builtin_fabsl(-stored));
    report_long(__builtin_copysignl(stored, -zero));
}

static void memory(void) {
    number list[3] = {1, 2, 3};
    for (int i = 0; i < 3; i++) stored += list[i];
    report_long(stored);
    number *at = list;
    *at++ += 5;
    *at = list[0] * 2;
    report_long(at[-1] + at[0] + at[1]);
    report(at - list);
    struct pair copy = pairs[0], made = {.tag = 3, .value = copy.value - 1};
    copy = changed(made);
    report_long(copy.value);
    report(copy.tag);
    struct pair *heap = malloc(2 * sizeof *heap);
    heap[1] = copy;
    heap[0].value = heap[1].value++;
    report_long(heap[0].value);
    report_long(heap[1].value);
    free(heap);
    unsigned char bytes[sizeof(number)];
    memcpy(bytes, &stored, 10);
    number again;
    memcpy(&again, bytes, 10);
    report(again == stored);
    report_long(((number[]){4, 5})[1]);
    report_long(({ number inner = 6; inner / 4; }));
}

static void functions(void) {
    report_long(twice(stored));
    report_long(chosen(1));
    report_long(twice(3));
    report_long(mixed(3, 0.1L, 0.1, 1e10L, 'x'));
    report_long(sum(3, 0.5L, 1, 1e100L, 2, -1e100L, 3));
    report_long(power(1.1L, 20));
    report(_Generic(stored, double: 1, long double: 2, default: 3));
}

static void library(void) {
    report_long(fabsl(-2.5L));
    report_long(floorl(-2.5L) + ceill(2.1L) * 10 + truncl(-2.9L) * 100);
    report_long(roundl(2.5L) + rintl(2.5L) * 10);
    report_long(rintl(9223372036854775807.5L));
    report_long(sqrtl(2));
    report_long(fmaxl(1, 2) + fminl(3, 4));
    report_long(fmodl(7.5L, 2));
    report_long(ldexpl(0.75L, -16440));
    report_long(powl(2, 0.5L));
    int exponent;
    report_long(frexpl(0x1p-16440L * 3, &exponent));
    report(exponent);
    number whole;
    report_long(modfl(-3.75L, &whole));
    report_long(whole);
    report(lroundl(-2.5L));
    char *end;
    const char *text = " -1.18973149535723176502e+4932x";
    report_long(strtold(text, &end));
    report(end - text);
    report_long(strtold("0.1", NULL));
    char buffer[80];
    snprintf(buffer, sizeof buffer, "%.25Lf|%Le|%-12Lg|%+.3LG|%d", 0.1L, -1e-4000L, 2.5L, 1e300L, 7);
    for (const char *at = buffer; *at; at++) report(*at);
    number scanned = 0;
    report(sscanf("3.25e4000 5", "%Lf", &scanned));
    report_long(scanned);
}

int main(void) {
    constants_and_literals();
    operators(1.5L, -0.1L);
    operators(0, 2);
    operators(1e4000L, 1e-4000L);
    conversions(123.456L);
    special();
    memory();
    functions();
    library();
    return finish(0);
}
