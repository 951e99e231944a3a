/* The unset byte travels through memcpy before it is looked at. */
#include <stdio.h>
#include <string.h>

int main(void) {
    char from[4], to[4];
    from[0] = 'a';
    from[1] = 'b';
    from[2] = 'c';
    from[3] = 'd';
    memcpy(to, from, sizeof to);
    if (to[2] == 'c') puts("c");
    return 0;
}
