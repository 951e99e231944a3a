/* A global is set up by a function that is not called on every way. */
#include <stdio.h>

struct config {
    int level;
};

static struct config defaults = {2};
static struct config *config;

static void set_up(void) { config = &defaults; }

//~ run: ./program fast
int main(int argc, char **argv) {
    (void)argv;
    if (argc < 2) set_up();
    printf("%d\n", config->level); //~ error[null.deref]
    return argc > 5;
}
