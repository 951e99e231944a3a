/* An argument is printed as it is. */
//~ run: ./program text
#include <stdio.h>

int main(int argc, char **argv) {
    for (int i = 1; i < argc && i < 3; i++) printf("%s\n", argv[i]);
    return 0;
}
