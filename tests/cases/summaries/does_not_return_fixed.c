/* A check that ends the program, in one place only if somebody remembered. */
#include <stdio.h>
#include <stdlib.h>
//~ run: ./program 0

static void fail(const char *why) {
    fprintf(stderr, "%s\n", why);
    exit(1);
}

static int share(int parts) {
    if (parts == 0) fail("no parts");
    return 100 / parts;
}

int main(int argc, char **argv) {
    int parts = argc > 1 ? atoi(argv[1]) : 1;
    if (parts < 0 || parts > 9) return 1;
    printf("%d\n", share(parts));
    return 0;
}
