/* There is room for every remainder. */
#include <stdio.h>
#include <stdlib.h>

static int marks[8];

//~ run: ./program 2000000004
int main(int argc, char **argv) {
    if (argc < 2) return 1;
    int i = atoi(argv[1]);
    if (i < 2000000000) return 1;
    while (i > 0 || i < -1000000) {
        if (i < 0 && i > -1500000000) marks[i & 7] = 1;
        i = (int)((unsigned)i + 1600u);
    }
    printf("%d\n", marks[0]);
    return 0;
}
