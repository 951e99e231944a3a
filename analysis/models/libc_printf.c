/* The printf family where the text is kept: it is really formatted. What goes to a stream is gone: see libc_printed.c. */
#define _GNU_SOURCE
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gnomon.h"

enum flag { LEFT = 1, PLUS = 2, SPACE = 4, ALTERNATE = 8, ZERO = 16 };
enum size { PLAIN, BYTE, SHORT, LONG, LONG_LONG, LONG_DOUBLE };

struct conversion {
    int flags;
    int width;
    int precision; /* negative: none */
    enum size size;
    char letter;
};

struct sink {
    char* bytes;
    size_t room;   /* with the NUL */
    size_t length; /* of the whole text, whether it fits or not */
};

static size_t fitting(const struct sink* to, size_t size) {
    size_t left = to->length < to->room ? to->room - to->length : 0;
    return size < left ? size : left;
}

static void put(struct sink* to, const char* bytes, size_t size) {
    size_t count = fitting(to, size);
    if (count) __gnomon_copy(to->bytes + to->length, bytes, count);
    to->length += size;
}

static void pad(struct sink* to, char letter, size_t size) {
    size_t count = fitting(to, size);
    if (count) __gnomon_fill(to->bytes + to->length, letter, count);
    to->length += size;
}

/* `prefix` is a sign or "0x"; zeros come between it and the digits. */
static void put_padded(struct sink* to, const struct conversion* as, const char* prefix, size_t zeros,
                       const char* digits, size_t size) {
    size_t prefix_size = prefix[0] ? (prefix[1] ? 2 : 1) : 0;
    size_t whole = prefix_size + zeros + size;
    size_t missing = as->width > 0 && (size_t)as->width > whole ? (size_t)as->width - whole : 0;
    if (!(as->flags & (LEFT | ZERO))) pad(to, ' ', missing);
    put(to, prefix, prefix_size);
    pad(to, '0', as->flags & ZERO && !(as->flags & LEFT) ? missing + zeros : zeros);
    put(to, digits, size);
    if (as->flags & LEFT) pad(to, ' ', missing);
}

static const char* sign_of(int is_negative, const struct conversion* as) {
    return is_negative ? "-" : as->flags & PLUS ? "+" : as->flags & SPACE ? " " : "";
}

static void put_integer(struct sink* to, struct conversion as, unsigned long long magnitude, const char* sign) {
    char digits[24]; /* 22 octal ones are the most */
    size_t begin = sizeof digits;
    const char* letters = as.letter == 'X' ? "0123456789ABCDEF" : "0123456789abcdef";
    unsigned base = as.letter == 'o' ? 8 : as.letter == 'x' || as.letter == 'X' ? 16 : 10;
    for (unsigned long long rest = magnitude; rest; rest /= base) digits[--begin] = letters[rest % base];
    size_t size = sizeof digits - begin;
    size_t wanted = as.precision < 0 ? 1 : (size_t)as.precision;
    if (as.flags & ALTERNATE && base == 8 && size >= wanted) wanted = size + 1;
    if (as.flags & ALTERNATE && base == 16 && magnitude) sign = as.letter == 'X' ? "0X" : "0x";
    if (as.precision >= 0) as.flags &= ~ZERO;
    put_padded(to, &as, sign, wanted > size ? wanted - size : 0, digits + begin, size);
}

#define LONGEST_DOUBLE 512

static void put_number(struct sink* to, struct conversion as, int is_negative, const char* text, size_t size) {
    int is_finite = text[0] >= '0' && text[0] <= '9';
    if (!is_finite) as.flags &= ~ZERO;
    put_padded(to, &as, sign_of(is_negative, &as), 0, text, size);
}

static void put_double(struct sink* to, struct conversion as, double value) {
    char text[LONGEST_DOUBLE];
    if (as.precision > 100) __gnomon_not_modelled("a number of more than a hundred places");
    size_t size = __gnomon_print_double(text, value, as.letter, (as.flags & ALTERNATE) != 0, as.precision);
    unsigned long long bits;
    memcpy(&bits, &value, sizeof bits);
    put_number(to, as, (int)(bits >> 63), text, size);
}

/* Up to 4933 digits in front of the point. */
#define LONGEST_LONG_DOUBLE 5100

static void put_long_double(struct sink* to, struct conversion as, long double value) {
    char text[LONGEST_LONG_DOUBLE];
    if (as.precision > 100) __gnomon_not_modelled("a number of more than a hundred places");
    size_t size = __gnomon_print_long_double(text, value, as.letter, (as.flags & ALTERNATE) != 0, as.precision);
    unsigned short sign_exponent;
    memcpy(&sign_exponent, (const char*)&value + 8, sizeof sign_exponent);
    put_number(to, as, sign_exponent >> 15, text, size);
}

static void put_text(struct sink* to, struct conversion as, const char* text) {
    if (!text) text = as.precision < 0 || as.precision >= 6 ? "(null)" : "";
    size_t size = as.precision < 0 ? strlen(text) : strnlen(text, (size_t)as.precision);
    as.flags &= ~ZERO;
    put_padded(to, &as, "", 0, text, size);
}

static const char* parse_flags(const char* at, struct conversion* as) {
    for (;; ++at) {
        switch (*at) {
            case '-':
                as->flags |= LEFT;
                break;
            case '+':
                as->flags |= PLUS;
                break;
            case ' ':
                as->flags |= SPACE;
                break;
            case '#':
                as->flags |= ALTERNATE;
                break;
            case '0':
                as->flags |= ZERO;
                break;
            default:
                return at;
        }
    }
}

static const char* parse_number(const char* at, int* number) {
    for (*number = 0; *at >= '0' && *at <= '9'; ++at) *number = *number * 10 + (*at - '0');
    return at;
}

static const char* parse_size(const char* at, struct conversion* as) {
    switch (*at) {
        case 'h':
            as->size = at[1] == 'h' ? BYTE : SHORT;
            return at + (at[1] == 'h' ? 2 : 1);
        case 'l':
            as->size = at[1] == 'l' ? LONG_LONG : LONG;
            return at + (at[1] == 'l' ? 2 : 1);
        case 'q':
        case 'j':
        case 'z':
        case 't':
            as->size = LONG;
            return at + 1;
        case 'L':
            as->size = LONG_DOUBLE;
            return at + 1;
        default:
            return at;
    }
}

static long long signed_of(long long value, enum size size) {
    return size == BYTE ? (signed char)value : size == SHORT ? (short)value : value;
}

static unsigned long long unsigned_of(unsigned long long value, enum size size) {
    return size == BYTE ? (unsigned char)value : size == SHORT ? (unsigned short)value : value;
}

static void put_count(void* to, enum size size, size_t count) {
    switch (size) {
        case BYTE:
            *(signed char*)to = (signed char)count;
            break;
        case SHORT:
            *(short*)to = (short)count;
            break;
        case PLAIN:
            *(int*)to = (int)count;
            break;
        default:
            *(long*)to = (long)count;
    }
}

/* Without a sink that keeps text, only what the arguments lead to is read. */
static void format_into(struct sink* to, const char* format, va_list list) {
    int is_kept = to->room != 0;
    while (*format) {
        const char* plain = format;
        while (*format && *format != '%') ++format;
        put(to, plain, (size_t)(format - plain));
        if (!*format) return;
        struct conversion as = {0, 0, -1, PLAIN, 0};
        format = parse_flags(format + 1, &as);
        if (*format == '*') {
            as.width = va_arg(list, int);
            if (as.width < 0) as.flags |= LEFT, as.width = -as.width;
            ++format;
        } else {
            format = parse_number(format, &as.width);
        }
        if (*format == '.' && format[1] == '*') {
            as.precision = va_arg(list, int);
            format += 2;
        } else if (*format == '.') {
            format = parse_number(format + 1, &as.precision);
        }
        format = parse_size(format, &as);
        as.letter = *format;
        if (as.letter) ++format;
        switch (as.letter) {
            case 'd':
            case 'i': {
                long long value = as.size >= LONG ? va_arg(list, long long) : va_arg(list, int);
                value = signed_of(value, as.size);
                unsigned long long magnitude = value < 0 ? 0ULL - (unsigned long long)value : (unsigned long long)value;
                if (is_kept) put_integer(to, as, magnitude, sign_of(value < 0, &as));
                break;
            }
            case 'u':
            case 'x':
            case 'X':
            case 'o': {
                unsigned long long value = as.size >= LONG ? va_arg(list, unsigned long long) : va_arg(list, unsigned);
                if (is_kept) put_integer(to, as, unsigned_of(value, as.size), "");
                break;
            }
            case 'c': {
                char letter = (char)va_arg(list, int);
                if (as.size == LONG) __gnomon_not_modelled("a wide character");
                as.flags &= ~ZERO;
                put_padded(to, &as, "", 0, &letter, 1);
                break;
            }
            case 's':
                if (as.size == LONG) __gnomon_not_modelled("a wide string");
                put_text(to, as, va_arg(list, const char*));
                break;
            case 'p': {
                void* pointer = va_arg(list, void*);
                if (!is_kept) break;
                if (pointer) __gnomon_not_modelled("the number that an address is");
                as.flags &= ~ZERO;
                put_padded(to, &as, "", 0, "(nil)", 5);
                break;
            }
            case 'e':
            case 'E':
            case 'f':
            case 'F':
            case 'g':
            case 'G':
                if (as.size == LONG_DOUBLE) {
                    long double value = va_arg(list, long double);
                    if (is_kept) put_long_double(to, as, value);
                } else {
                    double value = va_arg(list, double);
                    if (is_kept) put_double(to, as, value);
                }
                break;
            case 'n':
                put_count(va_arg(list, void*), as.size, to->length);
                break;
            case 'm':
                __gnomon_not_modelled("%m");
                break;
            case '%':
                put(to, "%", 1);
                break;
            default:
                __gnomon_not_modelled("this conversion");
        }
    }
}

int vsnprintf(char* restrict buffer, size_t size, const char* restrict format, va_list list) {
    struct sink to = {buffer, size, 0};
    char nothing[1];
    if (size == 0) to.bytes = nothing, to.room = 1;
    format_into(&to, format, list);
    to.bytes[to.length < to.room ? to.length : to.room - 1] = 0;
    return (int)to.length;
}

int vsprintf(char* restrict buffer, const char* restrict format, va_list list) {
    return vsnprintf(buffer, SIZE_MAX, format, list);
}

int snprintf(char* restrict buffer, size_t size, const char* restrict format, ...) {
    va_list list;
    va_start(list, format);
    int length = vsnprintf(buffer, size, format, list);
    va_end(list);
    return length;
}

int sprintf(char* restrict buffer, const char* restrict format, ...) {
    va_list list;
    va_start(list, format);
    int length = vsnprintf(buffer, SIZE_MAX, format, list);
    va_end(list);
    return length;
}

int vasprintf(char** restrict result, const char* restrict format, va_list list) {
    va_list again;
    va_copy(again, list);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    *result = malloc((size_t)length + 1);
    return *result ? vsnprintf(*result, (size_t)length + 1, format, list) : -1;
}

int asprintf(char** restrict result, const char* restrict format, ...) {
    va_list list;
    va_start(list, format);
    int length = vasprintf(result, format, list);
    va_end(list);
    return length;
}
