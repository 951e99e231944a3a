/* What the user asserts of numbers and of strings. */
#include <assert.h>
#include <string.h>

int half(int n) {
    assert(n % 2 == 0);  //~ error[assert.fails]: n = 1
    return n / 2;
}

int half_checked(int n) {
    if (n % 2 != 0) return 0;
    assert(n % 2 == 0);
    return n / 2;
}

int initial(const char *name) {
    assert(strlen(name) > 0);  //~ error[assert.fails]: name =
    return name[0];
}

int initial_checked(const char *name) {
    if (!name[0]) return 0;
    assert(strlen(name) > 0);
    return name[0];
}

//~ run: half(3)
//~ run: half(4)
//~ run: half_checked(3)
//~ run: initial("")
//~ run: initial("x")
//~ run: initial_checked("")
