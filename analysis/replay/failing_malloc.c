/* Stands before the C library's allocation in an extension that is linked with --wrap: the one whose number a script
   names fails. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <wchar.h>

static long left = -1; /* of calls before it; negative: none fails */

/* What was left of the last one; negative: it failed. */
long gnomon_fail_malloc(long number) {
    long before = left;
    left = number;
    return before;
}

static int fails(void) {
    if (left < 0 || left-- > 0) return 0;
    errno = ENOMEM;
    return 1;
}

#define WRAP(type, name, parameters, arguments, failure) \
    type __real_##name parameters;                       \
    type __wrap_##name parameters { return fails() ? (failure) : __real_##name arguments; }

WRAP(void *, malloc, (size_t size), (size), NULL)
WRAP(void *, calloc, (size_t count, size_t size), (count, size), NULL)
WRAP(void *, aligned_alloc, (size_t alignment, size_t size), (alignment, size), NULL)
WRAP(void *, memalign, (size_t alignment, size_t size), (alignment, size), NULL)
WRAP(int, posix_memalign, (void **result, size_t alignment, size_t size), (result, alignment, size), ENOMEM)
WRAP(char *, strdup, (const char *text), (text), NULL)
WRAP(char *, strndup, (const char *text, size_t size), (text, size), NULL)
WRAP(wchar_t *, wcsdup, (const wchar_t *text), (text), NULL)
WRAP(ssize_t, getline, (char **line, size_t *size, FILE *stream), (line, size, stream), -1)
WRAP(int, vasprintf, (char **result, const char *format, va_list list), (result, format, list), -1)

/* Without a size it frees, which does not fail. */
void *__real_realloc(void *block, size_t size);
void *__wrap_realloc(void *block, size_t size) { return size && fails() ? NULL : __real_realloc(block, size); }
void *__real_reallocarray(void *block, size_t count, size_t size);
void *__wrap_reallocarray(void *block, size_t count, size_t size) {
    return fails() ? NULL : __real_reallocarray(block, count, size);
}

/* Others allocate on the way. */
char *__real_getcwd(char *buffer, size_t size);
char *__wrap_getcwd(char *buffer, size_t size) { return !buffer && fails() ? NULL : __real_getcwd(buffer, size); }

int __wrap_asprintf(char **result, const char *format, ...) {
    va_list list;
    va_start(list, format);
    int length = __wrap_vasprintf(result, format, list);
    va_end(list);
    return length;
}
