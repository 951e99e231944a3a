/* An argument that must not begin with a dash. */
#include <assert.h>
#include <stdio.h>

//~ run: ./program -x
int main(int argc, char **argv) {
    if (argc < 2) return 1;
    assert(argv[1][0] != '-'); //~ error[assert.fails]
    puts(argv[1]);
    return 0;
}
