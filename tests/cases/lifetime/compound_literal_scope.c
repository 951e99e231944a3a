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
        options = &(struct options){2};
    } else {
        options = &standard;
    }
    printf("%d\n", options->level); //~ error[lifetime.stack-escape]
    return 0;
}
