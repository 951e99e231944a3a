/* The counter stops before it wraps. */
#include <stdio.h>
#include <stdlib.h>

//~ run: ./program 5000
int main(int argc, char **argv) {
    static int heights[5000];
    if (argc < 2) return 1;
    unsigned count = (unsigned)atoi(argv[1]);
    if (count < 4000 || count > 5000) return 1;
    int highest = 0;
    for (unsigned i = count; i-- > 0;)
        if (heights[i] > highest) highest = heights[i];
    printf("%d\n", highest);
    return 0;
}
