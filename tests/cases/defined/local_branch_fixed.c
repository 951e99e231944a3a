/* A local that only some ways set. */
#include <stdio.h>

//~ run: ./program
int main(int argc, char **argv) {
    (void)argv;
    int found = 0;
    if (argc > 1) found = 1;
    if (found) puts("found");
    return 0;
}
