/* A function that is not there, called: the crash has no place. */
//~ run: called(3)
//~ run: called(0)
#include <stddef.h>

static int one(void) { return 1; }

int called(int n) {
    int (*f)(void) = n > 2 ? one : NULL;
    return f();  //~ error[null.deref]: n =
}
