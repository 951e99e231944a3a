/* Runs what it is told to. */
//~ run: ./program true
#include <stdlib.h>

int main(int argc, char **argv) {
    if (argc < 2) return 1;
    return system(argv[1]) != 0;  //~ error[taint.command]: runs a command that comes from outside when argc =
}
