/* A count of elements instead of bytes would be too few; a count of bytes times elements is too much. */
#include <stdio.h>
#include <string.h>

int main(void) {
    short table[6];
    memset(table, 0, sizeof table * sizeof table[0]); //~ error[bounds.write]
    printf("%d\n", table[5]);
    return 0;
}
