/* Every folder that is entered has a buffer of 100000 bytes. */
//~ run: ./program 200
//~ run: ./program 3
#include <stdio.h>
#include <stdlib.h>

static int entered(int depth) {
    char path[100000];  //~ error[stack.overflow]: the locals need 8400000 bytes of the stack, which has 8388608 in all
    path[0] = (char)depth;
    if (depth == 0) return path[0];
    return entered(depth - 1) + path[0];
}

int main(int argc, char **argv) {
    int depth = argc > 1 ? atoi(argv[1]) : 0;
    if (depth < 0 || depth > 200) return 1;
    printf("%d\n", entered(depth));
    return 0;
}
