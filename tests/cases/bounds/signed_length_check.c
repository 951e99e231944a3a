/* A negative length passes the check for the largest one. */
#include <stdio.h>
#include <string.h>

//~ run: ./program -1
int main(int argc, char **argv) {
    char to[8] = "";
    if (argc != 2 || argv[1][0] == '\0') return 1;
    int size = argv[1][0] == '-' ? -1 : 2;
    if (size > 8) return 1;
    if (size < 0) {
        to[size] = 'x'; //~ error[bounds.write]
    }
    puts(to);
    return 0;
}
