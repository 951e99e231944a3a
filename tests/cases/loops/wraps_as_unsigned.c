/* A signed counter is counted as unsigned: it may wrap, and is negative then. */
#include <stdio.h>
#include <stdlib.h>

static int marks[4];

//~ run: ./program 2000000004
int main(int argc, char **argv) {
    if (argc < 2) return 1;
    int begin = atoi(argv[1]);
    if (begin < 2000000000) return 1;
    int i = begin;
    while (i > 3) i = (int)((unsigned)i + 100000u);
    marks[i & 7] = 1; //~ error[bounds.write]
    printf("%d\n", marks[0]);
    return 0;
}
