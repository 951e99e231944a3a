/* What surrounds the process: its environment, its number, the locale, the options it was given. */
#define _GNU_SOURCE
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gnomon.h"

#define LONGEST_VALUE 4096 /* of an environment variable, as far as it is looked at */

char* getenv(const char* name) {
    (void)strlen(name);
    return __gnomon_choose_string_or_null("getenv(\"%s\")", name, LONGEST_VALUE);
}

char* secure_getenv(const char* name) { return getenv(name); }

pid_t getpid(void) { return __gnomon_choose_int("getpid()", 1, 4194304); }
pid_t getppid(void) { return __gnomon_choose_int("getppid()", 0, 4194304); }
uid_t getuid(void) { return __gnomon_choose_unsigned("getuid()", 0, ~0u); }
uid_t geteuid(void) { return __gnomon_choose_unsigned("geteuid()", 0, ~0u); }
gid_t getgid(void) { return __gnomon_choose_unsigned("getgid()", 0, ~0u); }
gid_t getegid(void) { return __gnomon_choose_unsigned("getegid()", 0, ~0u); }

/* The buffer is the caller's, or as large as needed. */
char* getcwd(char* buffer, size_t size) {
    char* chosen = __gnomon_choose_string("getcwd()", NULL, LONGEST_VALUE);
    size_t length = strlen(chosen);
    __gnomon_assume(length > 0 && chosen[0] == '/');
    if (!buffer) return strdup(chosen);
    if (size <= length) return NULL;
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
