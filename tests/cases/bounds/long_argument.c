/* What the command line says is copied into a block that is large enough for most. */
#include <stdio.h>
#include <string.h>

//~ run: ./program aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
int main(int argc, char **argv) {
    char name[90];
    if (argc < 2) return 1;
    strcpy(name, argv[1]); //~ error[bounds.write]: offset 0 of `name` [90 bytes]
    puts(name);
    return 0;
}
