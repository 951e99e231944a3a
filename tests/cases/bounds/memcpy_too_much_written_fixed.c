/* The size of the target is that of another array. */
#include <stdio.h>
#include <string.h>

int main(void) {
    int from[20] = {0};
    int to[10];
    memcpy(to, from, sizeof to);
    printf("%d\n", to[0]);
    return 0;
}
