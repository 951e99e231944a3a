/* Where a pointer stands after the copy. */
#include <stdio.h>

int main(void) {
    char from[] = "abc", to[4];
    char *t = to, *f = from;
    while ((*t++ = *f++)) {
    }
    *t = '!'; //~ error[bounds.write]
    puts(to);
    return 0;
}
