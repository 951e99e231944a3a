/* Two counters go at different speeds; the faster one runs out first. */
#include <stdio.h>
#include <stdlib.h>

//~ run: ./program 2001
int main(int argc, char **argv) {
    static short pairs[4000];
    if (argc < 2) return 1;
    long count = strtol(argv[1], NULL, 10);
    if (count > 4000) return 1;
    int sum = 0;
    for (long i = 0, j = 0; i < count; i++, j += 2) sum += pairs[j]; //~ error[bounds.read]
    printf("%d\n", sum);
    return 0;
}
