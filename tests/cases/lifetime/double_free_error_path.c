/* The error path frees what the helper has freed already. */
#include <stdio.h>
#include <stdlib.h>

static int parse(char *text) {
    if (text[0] != '#') {
        free(text);
        return -1;
    }
    return 0;
}

//~ run: ./program x
int main(int argc, char **argv) {
    char *text = malloc(4);
    if (!text) return 1;
    text[0] = argc > 1 ? argv[1][0] : '#';
    int status = parse(text);
    free(text); //~ error[lifetime.double-free]
    return status ? 2 : 0;
}
