/* A struct is copied with the pointer in it; both copies free it. */
#include <stdlib.h>
#include <string.h>

struct name {
    char *text;
};

static struct name name_of(const char *text) {
    struct name name = {strdup(text)};
    return name;
}

int main(void) {
    struct name a = name_of("a");
    struct name b = a;
    free(a.text);
    free(b.text); //~ error[lifetime.double-free]
    return 0;
}
