/* Bytes above 127 are negative. */
#include <stdio.h>

static int seen[256];

//~ run: ./program $(printf '\377')
int main(int argc, char **argv) {
    if (argc < 2) return 1;
    for (char *at = argv[1]; *at; at++) seen[(int)*at] = 1; //~ error[bounds.write]
    printf("%d\n", seen['a']);
    return 0;
}
