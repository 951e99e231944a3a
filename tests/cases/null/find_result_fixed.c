/* A letter is looked for and its rest printed. */
#include <stdio.h>
#include <string.h>

//~ run: ./program name
int main(int argc, char **argv) {
    if (argc < 2) return 1;
    char *at = strchr(argv[1], '=');
    if (!at) return 1;
    *at = '\0';
    puts(argv[1]);
    return 0;
}
