/* The end is not read. */
#include <stdio.h>
#include <stdlib.h>

//~ run: ./program 300000
int main(int argc, char **argv) {
    if (argc < 2) return 1;
    int size = atoi(argv[1]);
    if (size < 300000 || size > 400000) return 1;
    char *text = calloc((size_t)size, 1);
    if (!text) return 1;
    int sum = 0;
    for (const char *at = text; at < text + size; at++) sum += *at;
    printf("%d\n", sum);
    free(text);
    return 0;
}
