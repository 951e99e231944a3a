/* What surrounds the process: its environment, its number, the locale, the options it was given. */
#define _GNU_SOURCE
#include <errno.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gnomon.h"

#define LONGEST_VALUE 4096 /* of an environment variable, as far as it is looked at */

#define MOST_VARIABLES 16

/* A variable keeps its value until the program sets it. */
static struct variable {
    char *name, *value;
} variables[MOST_VARIABLES];

static char* copied(const char* text) {
    size_t size = strlen(text) + 1;
    char* copy = __gnomon_allocate(size);
    __gnomon_copy(copy, text, size);
    return copy;
}

static struct variable* variable_of(const char* name) {
    for (int i = 0; i < MOST_VARIABLES; ++i) {
        struct variable* at = &variables[i];
        if (at->name && strcmp(at->name, name) == 0) return at;
        if (at->name) continue;
        at->name = copied(name);
        at->value = __gnomon_choose_string_or_null("getenv(\"%s\")", name, LONGEST_VALUE);
        return at;
    }
    __gnomon_not_modelled("so many environment variables");
    return NULL;
}

char* getenv(const char* name) { return variable_of(name)->value; }
char* secure_getenv(const char* name) { return getenv(name); }

int setenv(const char* name, const char* value, int is_replaced) {
    struct variable* variable = variable_of(name);
    if (is_replaced || !variable->value) variable->value = copied(value);
    return 0;
}

int unsetenv(const char* name) {
    variable_of(name)->value = NULL;
    return 0;
}

pid_t getpid(void) {
    static pid_t answer;
    if (!answer) answer = __gnomon_choose_int("getpid()", 1, 4194304);
    return answer;
}

/* Of this machine, as far as it never changes. */
#define PAGE 4096
long sysconf(int name) {
    if (name != _SC_PAGESIZE) __gnomon_not_modelled("sysconf of anything but the size of pages");
    return PAGE;
}
int getpagesize(void) { return PAGE; }

/* Who runs the program stays the same. */
static unsigned answers[4];
static char is_answered[4];

uid_t getuid(void) {
    if (!is_answered[0]) answers[0] = __gnomon_choose_unsigned("getuid()", 0, ~0u);
    is_answered[0] = 1;
    return answers[0];
}

uid_t geteuid(void) {
    if (!is_answered[1]) answers[1] = __gnomon_choose_unsigned("geteuid()", 0, ~0u);
    is_answered[1] = 1;
    return answers[1];
}

gid_t getgid(void) {
    if (!is_answered[2]) answers[2] = __gnomon_choose_unsigned("getgid()", 0, ~0u);
    is_answered[2] = 1;
    return answers[2];
}

gid_t getegid(void) {
    if (!is_answered[3]) answers[3] = __gnomon_choose_unsigned("getegid()", 0, ~0u);
    is_answered[3] = 1;
    return answers[3];
}

/* The parent may end, and then is another. */
pid_t getppid(void) { return __gnomon_choose_int("getppid()", 0, 4194304); }

/* The buffer is the caller's, or a new one of that size, or as large as needed. */
char* getcwd(char* buffer, size_t size) {
    char* chosen = __gnomon_choose_string("getcwd()", NULL, LONGEST_VALUE);
    size_t length = strlen(chosen);
    __gnomon_assume(length > 0 && chosen[0] == '/');
    if ((buffer || size) && size <= length) {
        errno = size ? ERANGE : EINVAL;
        return NULL;
    }
    if (!buffer) buffer = malloc(size ? size : length + 1);
    if (!buffer) return NULL;
    __gnomon_copy(buffer, chosen, length + 1);
    return buffer;
}

/* Of a name that does not fit, as much as does, and then perhaps no NUL. */
int gethostname(char* name, size_t size) {
    char* chosen = __gnomon_choose_string("gethostname()", NULL, 64);
    size_t length = strlen(chosen) + 1;
    if (length > size) {
        __gnomon_copy(name, chosen, size);
        return -1;
    }
    __gnomon_copy(name, chosen, length);
    return 0;
}

char* setlocale(int category, const char* locale) {
    (void)category;
    static char name[] = "C";
    if (locale) (void)strlen(locale);
    return !locale || __gnomon_choose_int("setlocale() succeeds", 0, 1) ? name : NULL;
}
