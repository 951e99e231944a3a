/* One element too many is a million turns away. */
#include <stdio.h>
#include <stdlib.h>

static int values[1000000];

//~ run: ./program 1000000
int main(int argc, char **argv) {
    if (argc < 2) return 1;
    int last = atoi(argv[1]);
    long sum = 0;
    for (int i = 0; i <= last; i++) sum += values[i]; //~ error[bounds.read]
    printf("%ld\n", sum);
    return 0;
}
