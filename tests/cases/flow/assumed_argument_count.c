/* A loop over the arguments begins and ends one too late. */
#include <stdio.h>

//~ run: ./program a
int main(int argc, char **argv) {
    int dashes = 0;
    for (int i = 1; i <= argc; i++) {
        if (argv[i][0] == '-') dashes++; //~ error[null.deref]
    }
    printf("%d\n", dashes);
    return 0;
}
