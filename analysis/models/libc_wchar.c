/* <wchar.h> basics: strings of wide characters, as glibc does them. */
#define _GNU_SOURCE
#include <stdlib.h>
#include <wchar.h>

#include "gnomon.h"

#define WIDE sizeof(wchar_t)

size_t wcslen(const wchar_t* text) {
    size_t length = 0;
    while (text[length]) ++length;
    return length;
}

size_t wcsnlen(const wchar_t* text, size_t maximum) {
    size_t length = 0;
    while (length < maximum && text[length]) ++length;
    return length;
}

wchar_t* wmemcpy(wchar_t* restrict to, const wchar_t* restrict from, size_t count) {
    __gnomon_copy(to, from, count * WIDE);
    return to;
}

wchar_t* wmemmove(wchar_t* to, const wchar_t* from, size_t count) {
    __gnomon_copy(to, from, count * WIDE);
    return to;
}

wchar_t* wmemset(wchar_t* to, wchar_t letter, size_t count) {
    for (size_t i = 0; i < count; ++i) to[i] = letter;
    return to;
}

int wmemcmp(const wchar_t* left, const wchar_t* right, size_t count) {
    for (size_t i = 0; i < count; ++i)
        if (left[i] != right[i]) return left[i] < right[i] ? -1 : 1;
    return 0;
}

wchar_t* wmemchr(const wchar_t* letters, wchar_t wanted, size_t count) {
    for (size_t i = 0; i < count; ++i)
        if (letters[i] == wanted) return (wchar_t*)(letters + i);
    return NULL;
}

wchar_t* wcscpy(wchar_t* restrict to, const wchar_t* restrict from) {
    __gnomon_copy(to, from, (wcslen(from) + 1) * WIDE);
    return to;
}

wchar_t* wcsncpy(wchar_t* restrict to, const wchar_t* restrict from, size_t count) {
    size_t length = wcsnlen(from, count);
    __gnomon_copy(to, from, length * WIDE);
    __gnomon_fill(to + length, 0, (count - length) * WIDE);
    return to;
}

wchar_t* wcscat(wchar_t* restrict to, const wchar_t* restrict from) {
    wcscpy(to + wcslen(to), from);
    return to;
}

wchar_t* wcsncat(wchar_t* restrict to, const wchar_t* restrict from, size_t count) {
    wchar_t* end = to + wcslen(to);
    size_t length = wcsnlen(from, count);
    __gnomon_copy(end, from, length * WIDE);
    end[length] = 0;
    return to;
}

int wcscmp(const wchar_t* left, const wchar_t* right) {
    while (*left && *left == *right) ++left, ++right;
    return *left == *right ? 0 : *left < *right ? -1 : 1;
}

int wcsncmp(const wchar_t* left, const wchar_t* right, size_t count) {
    for (; count > 0; --count, ++left, ++right) {
        if (*left != *right) return *left < *right ? -1 : 1;
        if (!*left) return 0;
    }
    return 0;
}

wchar_t* wcschr(const wchar_t* text, wchar_t wanted) {
    while (*text && *text != wanted) ++text;
    return *text == wanted ? (wchar_t*)text : NULL;
}

wchar_t* wcsrchr(const wchar_t* text, wchar_t wanted) {
    const wchar_t* found = NULL;
    for (;; ++text) {
        if (*text == wanted) found = text;
        if (!*text) return (wchar_t*)found;
    }
}

wchar_t* wcsdup(const wchar_t* text) {
    size_t size = (wcslen(text) + 1) * WIDE;
    wchar_t* copy = malloc(size);
    if (copy) __gnomon_copy(copy, text, size);
    return copy;
}
