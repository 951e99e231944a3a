/* <string.h> and <strings.h>, as glibc does them in the C locale. */
#define _GNU_SOURCE
#include <string.h>
#include <strings.h>

#include "gnomon.h"

#define BYTE(pointer) (*(const unsigned char *)(pointer))

size_t strlen(const char *text) {
    size_t length = __gnomon_string_length(text);
    if (length != (size_t)-1) return length;
    length = 0;
    while (text[length]) ++length;
    return length;
}

size_t strnlen(const char *text, size_t maximum) {
    size_t length = 0;
    while (length < maximum && text[length]) ++length;
    return length;
}

void *memcpy(void *to, const void *from, size_t size) {
    __gnomon_copy(to, from, size);
    return to;
}

void *memmove(void *to, const void *from, size_t size) {
    __gnomon_copy(to, from, size);
    return to;
}

void *mempcpy(void *to, const void *from, size_t size) {
    __gnomon_copy(to, from, size);
    return (char *)to + size;
}

void *memset(void *to, int byte, size_t size) {
    __gnomon_fill(to, byte, size);
    return to;
}

/* Both ranges must be there whole, wherever the first difference is. */
int memcmp(const void *left, const void *right, size_t size) {
    __gnomon_touch(left, size);
    __gnomon_touch(right, size);
    const unsigned char *a = left, *b = right;
    for (size_t i = 0; i < size; ++i)
        if (a[i] != b[i]) return (int)a[i] - (int)b[i];
    return 0;
}

void *memchr(const void *bytes, int wanted, size_t size) {
    const unsigned char *at = bytes;
    for (size_t i = 0; i < size; ++i)
        if (at[i] == (unsigned char)wanted) return (void *)(at + i);
    return NULL;
}

void *memrchr(const void *bytes, int wanted, size_t size) {
    const unsigned char *at = bytes;
    while (size > 0) {
        --size;
        if (at[size] == (unsigned char)wanted) return (void *)(at + size);
    }
    return NULL;
}

char *stpcpy(char *to, const char *from) {
    size_t length = strlen(from);
    __gnomon_copy(to, from, length + 1);
    return to + length;
}

char *strcpy(char *to, const char *from) {
    stpcpy(to, from);
    return to;
}

char *strncpy(char *to, const char *from, size_t size) {
    size_t length = strnlen(from, size);
    __gnomon_copy(to, from, length);
    __gnomon_fill(to + length, 0, size - length);
    return to;
}

char *strcat(char *to, const char *from) {
    strcpy(to + strlen(to), from);
    return to;
}

char *strncat(char *to, const char *from, size_t size) {
    char *end = to + strlen(to);
    size_t length = strnlen(from, size);
    __gnomon_copy(end, from, length);
    end[length] = 0;
    return to;
}

int strcmp(const char *left, const char *right) {
    while (*left && BYTE(left) == BYTE(right)) {
        ++left;
        ++right;
    }
    return (int)BYTE(left) - (int)BYTE(right);
}

int strncmp(const char *left, const char *right, size_t size) {
    for (; size > 0; --size, ++left, ++right) {
        if (BYTE(left) != BYTE(right)) return (int)BYTE(left) - (int)BYTE(right);
        if (!*left) return 0;
    }
    return 0;
}

static int lower(unsigned char letter) { return letter >= 'A' && letter <= 'Z' ? letter + 32 : letter; }

int strcasecmp(const char *left, const char *right) {
    while (*left && lower(BYTE(left)) == lower(BYTE(right))) {
        ++left;
        ++right;
    }
    return lower(BYTE(left)) - lower(BYTE(right));
}

int strncasecmp(const char *left, const char *right, size_t size) {
    for (; size > 0; --size, ++left, ++right) {
        if (lower(BYTE(left)) != lower(BYTE(right))) return lower(BYTE(left)) - lower(BYTE(right));
        if (!*left) return 0;
    }
    return 0;
}

char *strchrnul(const char *text, int wanted) {
    while (*text && *text != (char)wanted) ++text;
    return (char *)text;
}

char *strchr(const char *text, int wanted) {
    char *found = strchrnul(text, wanted);
    return *found == (char)wanted ? found : NULL;
}

char *strrchr(const char *text, int wanted) {
    const char *found = NULL;
    for (;; ++text) {
        if (*text == (char)wanted) found = text;
        if (!*text) return (char *)found;
    }
}

char *strstr(const char *text, const char *wanted) {
    for (;; ++text) {
        size_t i = 0;
        while (wanted[i] && text[i] == wanted[i]) ++i;
        if (!wanted[i]) return (char *)text;
        if (!*text) return NULL;
    }
}

size_t strspn(const char *text, const char *accepted) {
    size_t length = 0;
    while (text[length] && strchr(accepted, text[length])) ++length;
    return length;
}

size_t strcspn(const char *text, const char *rejected) {
    size_t length = 0;
    while (text[length] && !strchr(rejected, text[length])) ++length;
    return length;
}

char *strpbrk(const char *text, const char *wanted) {
    text += strcspn(text, wanted);
    return *text ? (char *)text : NULL;
}

char *strdup(const char *text) {
    size_t size = strlen(text) + 1;
    char *copy = __gnomon_allocate(size);
    __gnomon_copy(copy, text, size);
    return copy;
}

char *strndup(const char *text, size_t maximum) {
    size_t length = strnlen(text, maximum);
    char *copy = __gnomon_allocate(length + 1);
    __gnomon_copy(copy, text, length);
    copy[length] = 0;
    return copy;
}
