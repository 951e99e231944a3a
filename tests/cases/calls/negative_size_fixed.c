/* A length below zero becomes a very large one. */
#include <stdio.h>
#include <string.h>

static void keep(char *to, const char *from, int size) {
    if (size > 0 && size < 16) memcpy(to, from, (size_t)size);
}

int main(void) {
    char to[16] = "";
    keep(to, "abc", -1);
    puts(to);
    return 0;
}
