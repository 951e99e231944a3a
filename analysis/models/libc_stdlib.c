/* <stdlib.h> as glibc does it in the C locale; allocations succeed unless they are larger than any object may be. */
#define _GNU_SOURCE
#include <assert.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>

#include "gnomon.h"

void *malloc(size_t size) {
    if (size > PTRDIFF_MAX) return NULL;
    return __gnomon_allocate(size);
}

void *calloc(size_t count, size_t size) {
    if (size && count > PTRDIFF_MAX / size) return NULL;
    return __gnomon_allocate_zero(count * size);
}

void free(void *block) { __gnomon_release(block); }

void *realloc(void *block, size_t size) {
    if (!block) return malloc(size);
    if (!size) {
        __gnomon_release(block);
        return NULL;
    }
    if (size > PTRDIFF_MAX) return NULL;
    void *moved = __gnomon_allocate(size);
    size_t old_size = __gnomon_object_size(block);
    __gnomon_copy(moved, block, old_size < size ? old_size : size);
    __gnomon_release(block);
    return moved;
}

void *reallocarray(void *block, size_t count, size_t size) {
    if (size && count > SIZE_MAX / size) return NULL;
    return realloc(block, count * size);
}

int abs(int number) { return number < 0 ? -number : number; }
long labs(long number) { return number < 0 ? -number : number; }
long long llabs(long long number) { return number < 0 ? -number : number; }

static int is_space(char letter) { return letter == ' ' || (letter >= '\t' && letter <= '\r'); }

static int digit_of(char letter) {
    if (letter >= '0' && letter <= '9') return letter - '0';
    if (letter >= 'a' && letter <= 'z') return letter - 'a' + 10;
    if (letter >= 'A' && letter <= 'Z') return letter - 'A' + 10;
    return 36;
}

struct number {
    unsigned long magnitude;
    int is_negative;
    int is_too_large; /* magnitude does not fit */
};

/* The longest number at `text`; *end is after it, or `text` when there is none. */
static struct number parse(const char *text, char **end, int base) {
    struct number number = {0, 0, 0};
    if (end) *end = (char *)text;
    if (base < 0 || base == 1 || base > 36) return number;
    while (is_space(*text)) ++text;
    if (*text == '-' || *text == '+') number.is_negative = *text++ == '-';
    if ((base == 0 || base == 16) && text[0] == '0' && (text[1] == 'x' || text[1] == 'X') && digit_of(text[2]) < 16) {
        text += 2;
        base = 16;
    }
    if (base == 0) base = *text == '0' ? 8 : 10;
    const char *first = text;
    for (; digit_of(*text) < base; ++text) {
        unsigned long digit = (unsigned long)digit_of(*text);
        if (number.magnitude > (ULONG_MAX - digit) / (unsigned long)base) number.is_too_large = 1;
        number.magnitude = number.magnitude * (unsigned long)base + digit;
    }
    if (end && text != first) *end = (char *)text;
    return number;
}

long strtol(const char *text, char **end, int base) {
    struct number number = parse(text, end, base);
    unsigned long limit = number.is_negative ? (unsigned long)LONG_MAX + 1 : (unsigned long)LONG_MAX;
    if (number.is_too_large || number.magnitude > limit) return number.is_negative ? LONG_MIN : LONG_MAX;
    if (number.magnitude > (unsigned long)LONG_MAX) return LONG_MIN;
    return number.is_negative ? -(long)number.magnitude : (long)number.magnitude;
}

unsigned long strtoul(const char *text, char **end, int base) {
    struct number number = parse(text, end, base);
    if (number.is_too_large) return ULONG_MAX;
    return number.is_negative ? 0 - number.magnitude : number.magnitude;
}

long long strtoll(const char *text, char **end, int base) { return strtol(text, end, base); }
unsigned long long strtoull(const char *text, char **end, int base) { return strtoul(text, end, base); }

int atoi(const char *text) { return (int)strtol(text, NULL, 10); }
long atol(const char *text) { return strtol(text, NULL, 10); }
long long atoll(const char *text) { return strtol(text, NULL, 10); }

/* Stable, as the merge sort of glibc is. */
void qsort(void *elements, size_t count, size_t size, int (*compare)(const void *, const void *)) {
    if (count < 2 || size == 0) return;
    char *first = elements;
    char *held = __gnomon_allocate(size);
    for (size_t i = 1; i < count; ++i) {
        size_t place = i;
        __gnomon_copy(held, first + i * size, size);
        while (place > 0 && compare(first + (place - 1) * size, held) > 0) --place;
        __gnomon_copy(first + (place + 1) * size, first + place * size, (i - place) * size);
        __gnomon_copy(first + place * size, held, size);
    }
    __gnomon_release(held);
}

void *bsearch(const void *wanted, const void *elements, size_t count, size_t size,
              int (*compare)(const void *, const void *)) {
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const char *at = (const char *)elements + middle * size;
        int order = compare(wanted, at);
        if (order == 0) return (void *)at;
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return NULL;
}

void abort(void) {
    for (;;) __gnomon_exit_program();
}

void exit(int status) {
    (void)status;
    for (;;) __gnomon_exit_program();
}

void __assert_fail(const char *assertion, const char *file, unsigned int line, const char *function) {
    (void)assertion, (void)file, (void)line, (void)function;
    for (;;) __gnomon_assert_fails();
}
