/* Or instead of and. */
#include <stdio.h>

static int starts_with_a(const char *s) {
    return s != NULL && s[0] == 'a' ? 1 : 0;
}

int main(void) {
    printf("%d\n", starts_with_a("b") + starts_with_a(NULL));
    return 0;
}
