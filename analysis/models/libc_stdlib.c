/* <stdlib.h> as glibc does it in the C locale: numbers as text, arithmetic, the end of the program. */
#define _GNU_SOURCE
#include <assert.h>
#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "gnomon.h"

int abs(int number) { return number < 0 ? -number : number; }
long labs(long number) { return number < 0 ? -number : number; }
long long llabs(long long number) { return number < 0 ? -number : number; }
div_t div(int left, int right) { return (div_t){left / right, left % right}; }
ldiv_t ldiv(long left, long right) { return (ldiv_t){left / right, left % right}; }
lldiv_t lldiv(long long left, long long right) { return (lldiv_t){left / right, left % right}; }

static int is_space(char letter) { return letter == ' ' || (letter >= '\t' && letter <= '\r'); }

/* At least `base` when the letter is no digit of it. Up to ten, that is one question, not four. */
static unsigned digit_of(char letter, int base) {
    if (base <= 10 || (letter >= '0' && letter <= '9')) return (unsigned)letter - '0';
    if (letter >= 'a' && letter <= 'z') return (unsigned)letter - 'a' + 10;
    if (letter >= 'A' && letter <= 'Z') return (unsigned)letter - 'A' + 10;
    return 36;
}

struct number {
    unsigned long magnitude;
    int is_negative;
    int is_too_large; /* magnitude does not fit */
};

/* The longest number at `text`; *end is after it, or `text` when there is none. */
static struct number parse(const char* text, char** end, int base) {
    struct number number = {0, 0, 0};
    if (end) *end = (char*)text;
    if (base < 0 || base == 1 || base > 36) return number;
    while (is_space(*text)) ++text;
    if (*text == '-' || *text == '+') number.is_negative = *text++ == '-';
    if ((base == 0 || base == 16) && text[0] == '0' && (text[1] == 'x' || text[1] == 'X') &&
        digit_of(text[2], 16) < 16) {
        text += 2;
        base = 16;
    }
    if (base == 0) base = *text == '0' ? 8 : 10;
    const char* first = text;
    unsigned long magnitude = 0, most = ULONG_MAX / (unsigned long)base, rest = ULONG_MAX % (unsigned long)base;
    int is_too_large = 0;
    for (;; ++text) {
        unsigned digit = digit_of(*text, base);
        if (digit >= (unsigned)base) break;
        is_too_large |= (magnitude > most) | ((magnitude == most) & (digit > rest));
        magnitude = magnitude * (unsigned long)base + digit;
    }
    number.magnitude = magnitude;
    number.is_too_large = is_too_large;
    if (end && text != first) *end = (char*)text;
    return number;
}

/* It may have been out of range. Without a branch: two paths would be as good as one. What is no part of the number may
   begin anywhere. */
static long whole_decimal(const char* text, char** end) {
    long number = __gnomon_decimal(text);
    if (end) {
        unsigned long length = (unsigned long)__gnomon_decimal(text);
        __gnomon_assume(length <= strlen(text));
        *end = (char*)text + length;
    }
    int is_out_of_range = (int)(__gnomon_decimal(text) & 1);
    errno += (ERANGE - errno) * is_out_of_range;
    return number;
}

long strtol(const char* text, char** end, int base) {
    if (base == 10 && __gnomon_reads_decimal(text)) return whole_decimal(text, end);
    struct number number = parse(text, end, base);
    unsigned long limit = number.is_negative ? (unsigned long)LONG_MAX + 1 : (unsigned long)LONG_MAX;
    if (number.is_too_large || number.magnitude > limit) {
        errno = ERANGE;
        return number.is_negative ? LONG_MIN : LONG_MAX;
    }
    if (number.magnitude > (unsigned long)LONG_MAX) return LONG_MIN;
    return number.is_negative ? -(long)number.magnitude : (long)number.magnitude;
}

unsigned long strtoul(const char* text, char** end, int base) {
    if (base == 10 && __gnomon_reads_decimal(text)) return (unsigned long)whole_decimal(text, end);
    struct number number = parse(text, end, base);
    if (number.is_too_large) {
        errno = ERANGE;
        return ULONG_MAX;
    }
    return number.is_negative ? 0 - number.magnitude : number.magnitude;
}

long long strtoll(const char* text, char** end, int base) { return strtol(text, end, base); }
unsigned long long strtoull(const char* text, char** end, int base) { return strtoul(text, end, base); }

int atoi(const char* text) { return (int)strtol(text, NULL, 10); }
long atol(const char* text) { return strtol(text, NULL, 10); }
long long atoll(const char* text) { return strtol(text, NULL, 10); }

static const char* skip_digits(const char* at, int base) {
    while (digit_of(*at, base) < (unsigned)base) ++at;
    return at;
}

/* The end of the longest number with a point or an exponent; null when there is none. */
static const char* end_of_double(const char* at) {
    if (*at == '-' || *at == '+') ++at;
    if (strncasecmp(at, "infinity", 8) == 0) return at + 8;
    if (strncasecmp(at, "inf", 3) == 0 || strncasecmp(at, "nan", 3) == 0) return at + 3;
    int is_hexadecimal = at[0] == '0' && (at[1] == 'x' || at[1] == 'X') &&
                         (digit_of(at[2], 16) < 16 || (at[2] == '.' && digit_of(at[3], 16) < 16));
    int base = is_hexadecimal ? 16 : 10;
    const char* first = is_hexadecimal ? at + 2 : at;
    at = skip_digits(first, base);
    int has_digits = at != first;
    if (*at == '.') {
        const char* fraction = at + 1;
        const char* end = skip_digits(fraction, base);
        has_digits |= end != fraction;
        if (has_digits) at = end;
    }
    if (!has_digits) return NULL;
    char exponent = is_hexadecimal ? 'p' : 'e';
    if (*at != exponent && *at != exponent - 32) return at;
    const char* digits = at[1] == '-' || at[1] == '+' ? at + 2 : at + 1;
    return digit_of(*digits, 10) < 10 ? skip_digits(digits, 10) : at;
}

/* From its first letter on, and its length; *end is behind it. */
static size_t find_double(const char** text, char** end) {
    const char* first = *text;
    while (is_space(*first)) ++first;
    const char* last = end_of_double(first);
    if (end) *end = (char*)(last ? last : *text);
    *text = first;
    return last ? (size_t)(last - first) : 0;
}

double strtod(const char* restrict text, char** restrict end) {
    size_t size = find_double(&text, end);
    return size ? __gnomon_parse_double(text, size) : 0.0;
}

long double strtold(const char* restrict text, char** restrict end) {
    size_t size = find_double(&text, end);
    return size ? __gnomon_parse_long_double(text, size) : 0.0L;
}

float strtof(const char* restrict text, char** restrict end) { return (float)strtod(text, end); }
double atof(const char* text) { return strtod(text, NULL); }

/* One byte is one letter in the C locale. */
int mblen(const char* text, size_t size) {
    if (!text) return 0;
    if (size == 0) return -1;
    return *text ? 1 : 0;
}

void abort(void) {
    for (;;) __gnomon_exit_program();
}

void exit(int status) {
    (void)status;
    for (;;) __gnomon_exit_program();
}

void __assert_fail(const char* assertion, const char* file, unsigned int line, const char* function) {
    (void)assertion, (void)file, (void)line, (void)function;
    for (;;) __gnomon_assert_fails();
}

void _Exit(int status) { exit(status); }
void _exit(int status) { exit(status); }

int* __errno_location(void) {
    static int number;
    return &number;
}

int system(const char* command) {
    if (!command) return 1;
    while (*command) ++command;
    return __gnomon_choose_int("system()", -1, 65535);
}
