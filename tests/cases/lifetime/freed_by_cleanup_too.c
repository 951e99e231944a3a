/* What the cleanup frees was freed before. */
#include <stdlib.h>

static void release(char **text) {
    free(*text); //~ error[lifetime.double-free]
}

static int first_of(int n) {
    __attribute__((cleanup(release))) char *text = malloc(4);
    if (!text) return -1;
    text[0] = (char)n;
    const int first = text[0];
    free(text);
    return first;
}

int main(void) { return first_of(3) != 3; }
