/* An argument that may not be there is compared. */
#include <stdio.h>
#include <string.h>

//~ run: ./program
int main(int argc, char **argv) {
    if (argc > 1 && argv[1][0] == '-') puts("option");
    return 0;
}
