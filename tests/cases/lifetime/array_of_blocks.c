/* One element of a table of blocks is freed out of turn. */
#include <stdlib.h>

int main(void) {
    void *blocks[4];
    for (int i = 0; i < 4; i++) blocks[i] = malloc(8);
    free(blocks[2]);
    for (int i = 0; i < 4; i++) free(blocks[i]); //~ error[lifetime.double-free]
    return 0;
}
