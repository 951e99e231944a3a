/* The last element is looked at before the loop. */
#include <stdio.h>
#include <stdlib.h>

static int values[1000000];

//~ run: ./program 1000000
//~ run: ./program 999999
int main(int argc, char **argv) {
    if (argc < 2) return 1;
    int last = atoi(argv[1]);
    if (last >= 1000000) return 1;
    long sum = 0;
    for (int i = 0; i <= last; i++) sum += values[i];
    printf("%ld\n", sum);
    return 0;
}
