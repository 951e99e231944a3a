/* A cleanup label is reached with a block that was freed on the way. */
#include <stdio.h>
#include <stdlib.h>

//~ run: ./program x
int main(int argc, char **argv) {
    (void)argv;
    int status = 1;
    char *buffer = malloc(16);
    if (!buffer) return 1;
    if (argc > 1) {
        goto done;
    }
    status = 0;
done:
    free(buffer);
    return status;
}
