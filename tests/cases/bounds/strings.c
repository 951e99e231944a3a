/* Strings of any length copied to places of fixed size. */
#include <stdlib.h>
#include <string.h>

//~ run: copy_name("12345678")
int copy_name(const char *name) {
    char tmp[8];
    strcpy(tmp, name);  //~ error[bounds.write]: name =
    return tmp[0];
}

//~ run: copy_name_checked("12345678")
int copy_name_checked(const char *name) {
    char tmp[8];
    if (strlen(name) >= sizeof tmp) return -1;
    strcpy(tmp, name);
    return tmp[0];
}

//~ run: copy_name_loop("123456789")
int copy_name_loop(const char *name) {
    char tmp[8];
    int i = 0;
    while (name[i]) {
        tmp[i] = name[i];  //~ error[bounds.write]: name =
        i++;
    }
    return i;
}

//~ run: duplicate_short("ab")
int duplicate_short(const char *name) {
    size_t n = strlen(name);
    char *copy = malloc(n);
    if (!copy) return -1;
    memcpy(copy, name, n);
    copy[n] = 0;  //~ error[bounds.write]: name =
    free(copy);
    return 0;
}

//~ run: duplicate("ab")
int duplicate(const char *name) {
    size_t n = strlen(name);
    char *copy = malloc(n + 1);
    if (!copy) return -1;
    memcpy(copy, name, n);
    copy[n] = 0;
    free(copy);
    return 0;
}

//~ run: second("a")
int second(const char *s) {
    if (s[0] == 'a') return s[2];  //~ error[bounds.read]: s = b'a'
    return 0;
}

//~ run: second_checked("a")
int second_checked(const char *s) {
    if (s[0] == 'a' && s[1]) return s[2];
    return 0;
}
