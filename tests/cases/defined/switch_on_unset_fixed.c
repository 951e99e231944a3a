/* A switch over a value that only one way gives. */
#include <stdio.h>

//~ run: ./program
int main(int argc, char **argv) {
    (void)argv;
    int mode = 0;
    if (argc == 2) mode = 1;
    switch (mode) {
        case 1:
            puts("one");
            break;
        default:
            break;
    }
    return 0;
}
