/* The file may not be there. */
#include <stdio.h>

//~ run: ./program /nowhere/file
int main(int argc, char **argv) {
    if (argc != 2) return 1;
    FILE *file = fopen(argv[1], "r");
    int c = fgetc(file); //~ error[null.argument]
    fclose(file);
    return c == EOF;
}
