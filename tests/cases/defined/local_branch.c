/* A local that only some ways set. */
#include <stdio.h>

//~ run: ./program
int main(int argc, char **argv) {
    (void)argv;
    int found;
    if (argc > 1) found = 1;
    if (found) puts("found"); //~ error[defined.read]
    return 0;
}
