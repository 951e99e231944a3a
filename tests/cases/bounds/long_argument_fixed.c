/* What the command line says is copied into a block that is large enough for most. */
#include <stdio.h>
#include <string.h>

//~ run: ./program
int main(int argc, char **argv) {
    char name[90];
    if (argc < 2 || strlen(argv[1]) >= sizeof name) return 1;
    strcpy(name, argv[1]);
    puts(name);
    return 0;
}
