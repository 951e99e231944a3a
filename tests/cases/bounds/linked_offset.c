/* Offsets inside a block are links. */
#include <stdio.h>

int main(void) {
    unsigned next[4] = {2, 4, 1, 3};
    unsigned at = 0;
    for (int i = 0; i < 4; i++) {
        at = next[at]; //~ error[bounds.read]
    }
    printf("%u\n", at);
    return 0;
}
