/* The bound is asked after the element. */
#include <stdio.h>

static int length(const char *text, int limit) {
    int n = 0;
    while (n < limit && text[n] != ';') n++;
    return n;
}

int main(void) {
    char text[4] = {'a', 'b', 'c', 'd'};
    printf("%d\n", length(text, 4));
    return 0;
}
