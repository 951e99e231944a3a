/* Per letter, and there may be none. */
#include <stdio.h>
#include <string.h>

//~ run: ./program ''
int main(int argc, char **argv) {
    if (argc < 2) return 1;
    size_t n = strlen(argv[1]);
    printf("%zu\n", 1000 / (n + 1));
    return 0;
}
