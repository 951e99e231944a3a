/* The bucket of a hash: there are eight of them. */
#include <stdio.h>
#include <stdlib.h>
//~ run: ./program 8

static int counts[8];

int bucket(unsigned hash) { return (int)(hash & 7); }

static int count(unsigned hash) {
    return ++counts[bucket(hash)];
}

int main(int argc, char **argv) {
    unsigned hash = argc > 1 ? (unsigned)atoi(argv[1]) : 0;
    printf("%d\n", count(hash));
    return 0;
}
