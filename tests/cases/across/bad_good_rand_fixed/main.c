/* Which of two helpers runs does not depend on the input; what it gets does. */
#include "shared.h"

#include <stdlib.h>

//~ run: for i in 1 2 3 4 5 6 7 8 9; do ./program $i || exit 1; done
int main(int argc, char **argv) {
    if (argc > 1) srand((unsigned)argv[1][0]);
    good(rand());
    return 0;
}
