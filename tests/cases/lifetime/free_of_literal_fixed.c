/* A string literal is freed. */
#include <stdlib.h>

struct option {
    const char *name;
    int owned;
};

static void release(struct option *option) {
    if (option->owned) free((void *)option->name);
}

int main(void) {
    struct option option = {"verbose", 0};
    release(&option);
    return 0;
}
