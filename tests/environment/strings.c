/* Strings from the environment. */
#include <stdlib.h>
#include <string.h>

int home_length(void) {
    return (int)strlen(getenv("HOME"));  //~ error[null.argument]: getenv("HOME") = None
}

int home_length_checked(void) {
    const char *home = getenv("HOME");
    return home ? (int)strlen(home) : 0;
}

int copy_user(void) {
    char name[8];
    const char *user = getenv("USER");
    if (!user) return 0;
    strcpy(name, user);  //~ error[bounds.write]: getenv("USER")
    return name[0];
}

int copy_user_checked(void) {
    char name[8];
    const char *user = getenv("USER");
    if (!user || strlen(user) >= sizeof name) return 0;
    strcpy(name, user);
    return name[0];
}
