/* The cleanup alone frees it, behind what is returned. */
#include <stdlib.h>

static void release(char **text) {
    free(*text);
}

static int first_of(int n) {
    __attribute__((cleanup(release))) char *text = malloc(4);
    if (!text) return -1;
    text[0] = (char)n;
    return text[0];
}

int main(void) { return first_of(3) != 3; }
