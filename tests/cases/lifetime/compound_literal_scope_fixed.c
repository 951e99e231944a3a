/* A literal of an inner block is used outside. */
#include <stdio.h>

struct options {
    int level;
};

//~ run: ./program x
int main(int argc, char **argv) {
    struct options *options;
    struct options standard = {1};
    (void)argv;
    if (argc > 1) {
        standard.level = 2;
        options = &standard;
    } else {
        options = &standard;
    }
    printf("%d\n", options->level);
    return 0;
}
