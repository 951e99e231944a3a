/* A pointer that is null on one of two ways. */
#include <stdio.h>

//~ run: ./program
int main(int argc, char **argv) {
    int value = 4;
    int *p = NULL;
    (void)argv;
    if (argc > 1) p = &value;
    if (p) printf("%d\n", *p);
    return 0;
}
