/* On the way out after a mistake nobody frees the first block. */
#include <stdio.h>
#include <stdlib.h>

static int build(int bad) {
    char *a = malloc(4);
    if (!a) return -1;
    if (bad) {
        free(a);
        return -2;
    }
    a[0] = 'x';
    int result = a[0];
    free(a);
    return result;
}

//~ run: ./program x
int main(int argc, char **argv) {
    (void)argv;
    printf("%d\n", build(argc > 1));
    return 0;
}
