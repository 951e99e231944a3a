/* A flag is set by a letter that may not be there. */
#include <stdio.h>

//~ run: ./program abc
int main(int argc, char **argv) {
    int verbose;
    if (argc < 2) return 1;
    for (const char *at = argv[1]; *at; at++) {
        if (*at == 'v') verbose = 1;
        if (*at == 'q') verbose = 0;
    }
    if (verbose) puts("verbose"); //~ error[defined.read]
    return 0;
}
