/* <string.h> and <strings.h>, as glibc does them in the C locale. */
#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "gnomon.h"

#define BYTE(pointer) (*(const unsigned char*)(pointer))

size_t strlen(const char* text) {
    size_t length = __gnomon_string_length(text);
    if (length != (size_t)-1) return length;
    length = 0;
    while (text[length]) ++length;
    return length;
}

size_t strnlen(const char* text, size_t maximum) {
    size_t length = 0;
    while (length < maximum && text[length]) ++length;
    return length;
}

void* memcpy(void* to, const void* from, size_t size) {
    __gnomon_apart(to, from, size);
    __gnomon_copy(to, from, size);
    return to;
}

void* memmove(void* to, const void* from, size_t size) {
    __gnomon_copy(to, from, size);
    return to;
}

void* mempcpy(void* to, const void* from, size_t size) {
    __gnomon_apart(to, from, size);
    __gnomon_copy(to, from, size);
    return (char*)to + size;
}

void* memset(void* to, int byte, size_t size) {
    __gnomon_fill(to, byte, size);
    return to;
}

/* Both ranges must be there whole, wherever the first difference is. */
int memcmp(const void* left, const void* right, size_t size) {
    __gnomon_touch(left, size);
    __gnomon_touch(right, size);
    const unsigned char *a = left, *b = right;
    for (size_t i = 0; i < size; ++i)
        if (a[i] != b[i]) return (int)a[i] - (int)b[i];
    return 0;
}

void* memchr(const void* bytes, int wanted, size_t size) {
    const unsigned char* at = bytes;
    for (size_t i = 0; i < size; ++i)
        if (at[i] == (unsigned char)wanted) return (void*)(at + i);
    return NULL;
}

void* memrchr(const void* bytes, int wanted, size_t size) {
    const unsigned char* at = bytes;
    while (size > 0) {
        --size;
        if (at[size] == (unsigned char)wanted) return (void*)(at + size);
    }
    return NULL;
}

char* stpcpy(char* to, const char* from) {
    size_t length = strlen(from);
    __gnomon_apart(to, from, length + 1);
    __gnomon_copy(to, from, length + 1);
    return to + length;
}

char* strcpy(char* to, const char* from) {
    stpcpy(to, from);
    return to;
}

char* strncpy(char* to, const char* from, size_t size) {
    size_t length = strnlen(from, size);
    __gnomon_apart(to, from, length);
    __gnomon_copy(to, from, length);
    __gnomon_fill(to + length, 0, size - length);
    return to;
}

char* strcat(char* to, const char* from) {
    strcpy(to + strlen(to), from);
    return to;
}

char* strncat(char* to, const char* from, size_t size) {
    char* end = to + strlen(to);
    size_t length = strnlen(from, size);
    __gnomon_apart(end, from, length);
    __gnomon_copy(end, from, length);
    end[length] = 0;
    return to;
}

int strcmp(const char* left, const char* right) {
    while (*left && BYTE(left) == BYTE(right)) {
        ++left;
        ++right;
    }
    return (int)BYTE(left) - (int)BYTE(right);
}

int strncmp(const char* left, const char* right, size_t size) {
    for (; size > 0; --size, ++left, ++right) {
        if (BYTE(left) != BYTE(right)) return (int)BYTE(left) - (int)BYTE(right);
        if (!*left) return 0;
    }
    return 0;
}

static int lower(unsigned char letter) { return letter >= 'A' && letter <= 'Z' ? letter + 32 : letter; }

int strcasecmp(const char* left, const char* right) {
    while (*left && lower(BYTE(left)) == lower(BYTE(right))) {
        ++left;
        ++right;
    }
    return lower(BYTE(left)) - lower(BYTE(right));
}

int strncasecmp(const char* left, const char* right, size_t size) {
    for (; size > 0; --size, ++left, ++right) {
        if (lower(BYTE(left)) != lower(BYTE(right))) return lower(BYTE(left)) - lower(BYTE(right));
        if (!*left) return 0;
    }
    return 0;
}

char* strchrnul(const char* text, int wanted) {
    while (*text && *text != (char)wanted) ++text;
    return (char*)text;
}

char* strchr(const char* text, int wanted) {
    char* found = strchrnul(text, wanted);
    return *found == (char)wanted ? found : NULL;
}

char* strrchr(const char* text, int wanted) {
    const char* found = NULL;
    for (;; ++text) {
        if (*text == (char)wanted) found = text;
        if (!*text) return (char*)found;
    }
}

char* strstr(const char* text, const char* wanted) {
    for (;; ++text) {
        size_t i = 0;
        while (wanted[i] && text[i] == wanted[i]) ++i;
        if (!wanted[i]) return (char*)text;
        if (!*text) return NULL;
    }
}

size_t strspn(const char* text, const char* accepted) {
    size_t length = 0;
    while (text[length] && strchr(accepted, text[length])) ++length;
    return length;
}

size_t strcspn(const char* text, const char* rejected) {
    size_t length = 0;
    while (text[length] && !strchr(rejected, text[length])) ++length;
    return length;
}

char* strpbrk(const char* text, const char* wanted) {
    text += strcspn(text, wanted);
    return *text ? (char*)text : NULL;
}

char* strdup(const char* text) {
    size_t size = strlen(text) + 1;
    char* copy = malloc(size);
    if (copy) __gnomon_copy(copy, text, size);
    return copy;
}

char* strndup(const char* text, size_t maximum) {
    size_t length = strnlen(text, maximum);
    char* copy = malloc(length + 1);
    if (!copy) return NULL;
    __gnomon_copy(copy, text, length);
    copy[length] = 0;
    return copy;
}

char* stpncpy(char* to, const char* from, size_t size) {
    size_t length = strnlen(from, size);
    strncpy(to, from, size);
    return to + length;
}

void* memccpy(void* restrict to, const void* restrict from, int wanted, size_t size) {
    const char* found = memchr(from, wanted, size);
    size_t count = found ? (size_t)(found - (const char*)from) + 1 : size;
    __gnomon_copy(to, from, count);
    return found ? (char*)to + count : NULL;
}

void* rawmemchr(const void* bytes, int wanted) {
    const unsigned char* at = bytes;
    while (*at != (unsigned char)wanted) ++at;
    return (void*)at;
}

void* memmem(const void* bytes, size_t size, const void* wanted, size_t wanted_size) {
    const char* at = bytes;
    for (size_t i = 0; wanted_size <= size && i <= size - wanted_size; ++i)
        if (memcmp(at + i, wanted, wanted_size) == 0) return (void*)(at + i);
    return NULL;
}

char* strcasestr(const char* text, const char* wanted) {
    size_t size = strlen(wanted);
    for (;; ++text) {
        if (strncasecmp(text, wanted, size) == 0) return (char*)text;
        if (!*text) return NULL;
    }
}

char* strtok_r(char* restrict text, const char* restrict between, char** restrict rest) {
    if (!text) text = *rest;
    text += strspn(text, between);
    char* end = text + strcspn(text, between);
    *rest = end;
    if (text == end) return NULL;
    if (*end) {
        *end = 0;
        *rest = end + 1;
    }
    return text;
}

char* strtok(char* restrict text, const char* restrict between) {
    static char* rest;
    if (!text && !rest) return NULL;
    return strtok_r(text, between, &rest);
}

char* strsep(char** restrict text, const char* restrict between) {
    char* begin = *text;
    if (!begin) return NULL;
    char* end = begin + strcspn(begin, between);
    *text = *end ? end + 1 : NULL;
    if (*end) *end = 0;
    return begin;
}

int strcoll(const char* left, const char* right) { return strcmp(left, right); }

size_t strxfrm(char* restrict to, const char* restrict from, size_t size) {
    size_t length = strlen(from);
    if (size) {
        size_t count = length < size ? length : size - 1;
        __gnomon_copy(to, from, count);
        to[count] = 0;
    }
    return length;
}

size_t strlcpy(char* restrict to, const char* restrict from, size_t size) { return strxfrm(to, from, size); }

size_t strlcat(char* restrict to, const char* restrict from, size_t size) {
    size_t before = strnlen(to, size);
    if (before == size) return size + strlen(from);
    return before + strxfrm(to + before, from, size - before);
}

int bcmp(const void* left, const void* right, size_t size) { return memcmp(left, right, size); }
void bcopy(const void* from, void* to, size_t size) { __gnomon_copy(to, from, size); }
void bzero(void* bytes, size_t size) { __gnomon_fill(bytes, 0, size); }
void explicit_bzero(void* bytes, size_t size) { __gnomon_fill(bytes, 0, size); }
char* index(const char* text, int wanted) { return strchr(text, wanted); }
char* rindex(const char* text, int wanted) { return strrchr(text, wanted); }

/* The number of the lowest bit that is set, from 1. */
int ffsll(long long number) {
    int place = 1;
    if (number == 0) return 0;
    for (unsigned long long rest = (unsigned long long)number; !(rest & 1); rest >>= 1) ++place;
    return place;
}

int ffs(int number) { return ffsll(number); }
int ffsl(long number) { return ffsll(number); }

/* What the library says of an error: a text in the user's language. */
char* strerror(int number) {
    (void)number;
    return __gnomon_choose_string("strerror()", NULL, 49);
}
