/* Two names for one block; the length belongs to the other. */
#include <stdio.h>
#include <string.h>

int main(void) {
    char large[32], small[8];
    char *target = large;
    memset(large, 'x', sizeof large);
    memset(small, 'y', sizeof small);
    char *other = target;
    other = small;
    for (int i = 0; i < 32; i++) target[i] = 'z';
    printf("%c%c\n", other[0], small[0]);
    return 0;
}
