/* An argument that may not be there is compared. */
#include <stdio.h>
#include <string.h>

//~ run: ./program
int main(int argc, char **argv) {
    (void)argc;
    if (argv[1][0] == '-') puts("option"); //~ error[null.deref]
    return 0;
}
