/* NULL where a library function wants an object. */
//~ run: length(1)
//~ run: length_checked(1)
//~ run: copied(1)
//~ run: filled(0)
//~ run: filled_with_nothing(1)
#include <stdlib.h>
#include <string.h>

static const char *find(int n) { return n > 3 ? "found" : NULL; }

int length(int n) {
    return (int)strlen(find(n));  //~ error[null.argument]: strlen
}

int length_checked(int n) {
    const char *text = find(n);
    return text ? (int)strlen(text) : 0;
}

int copied(int n) {
    char buffer[16];
    strcpy(buffer, find(n));  //~ error[null.argument]: strcpy
    return buffer[0];
}

int filled(int n) {
    char *p = n > 0 ? malloc(4) : NULL;
    memset(p, 0, 4);  //~ error[null.argument]: memset
    free(p);
    return 0;
}

int filled_with_nothing(int n) {
    char *p = n > 0 ? malloc(4) : NULL;
    memset(p, 0, p ? 4 : 0);
    free(p);
    return 0;
}
