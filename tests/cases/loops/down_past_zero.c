/* An unsigned counter never gets below zero. */
#include <stdio.h>
#include <stdlib.h>

//~ run: ./program 5000
int main(int argc, char **argv) {
    static int heights[5000];
    if (argc < 2) return 1;
    unsigned count = (unsigned)atoi(argv[1]);
    if (count < 4000 || count > 5000) return 1;
    int highest = 0;
    for (unsigned i = count - 1; i >= 0; i--)
        if (heights[i] > highest) highest = heights[i]; //~ error[bounds.read]
    printf("%d\n", highest);
    return 0;
}
