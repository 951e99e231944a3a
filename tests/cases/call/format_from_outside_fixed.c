// The text of an argument as a format.
//~ run: ./program %d
#include <stdio.h>

int main(int argc, char **argv) {
    if (argc < 2) return 1;
    printf("%s", argv[1]);
    return 0;
}
