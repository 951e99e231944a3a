/* Both sides of a condition, one of them unset. */
#include <stdio.h>
#include <stdlib.h>

int main(void) {
    char *flags = malloc(2);
    if (!flags) return 1;
    flags[0] = 1;
    flags[1] = 0;
    if (flags[0] && flags[1]) puts("both");
    free(flags);
    return 0;
}
