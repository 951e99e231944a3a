/* An argument is printed as if it were a format. */
//~ run: ./program text
#include <stdio.h>

int main(int argc, char **argv) {
    for (int i = 1; i < argc && i < 3; i++) printf(argv[i]);  //~ error[taint.format]: takes a format that comes from outside
    //~^ error[call.format]: fewer arguments
    return 0;
}
