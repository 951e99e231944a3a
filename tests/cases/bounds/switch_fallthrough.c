/* A case falls through to one that writes further than its room. */
#include <stdio.h>
#include <stdlib.h>

//~ run: ./program s
int main(int argc, char **argv) {
    char small[2];
    char *to = small;
    if (argc < 2) return 1;
    switch (argv[1][0]) {
        case 's':
            to[0] = 's';
            /* fall through */
        case 'm':
            to[2] = 'm'; //~ error[bounds.write]
            break;
        default:
            break;
    }
    return 0;
}
