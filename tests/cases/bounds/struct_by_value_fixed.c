/* A slice is passed by value: pointer and length. */
#include <stdio.h>

struct slice {
    const int *data;
    int size;
};

static int sum(struct slice s) {
    int total = 0;
    while (s.size-- > 0) total += *s.data++;
    return total;
}

int main(void) {
    int v[3] = {1, 2, 3};
    struct slice s = {v, 3};
    printf("%d\n", sum(s));
    return 0;
}
