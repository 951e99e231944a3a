/* Which buffer is written depends on the argument. */
#include <stdio.h>
#include <string.h>

//~ run: ./program x
int main(int argc, char **argv) {
    char small[4], large[256];
    char *to = argc > 1 ? small : large;
    size_t size = sizeof large;
    (void)argv;
    memset(to, 0, size); //~ error[bounds.write]
    printf("%d\n", to[0]);
    return 0;
}
