/* A helper that relies on what its callers hand over, and on each of them. */
#include <stdio.h>

static int slots[4];

static void put(int *where, int at, int value) {
    where[at] = value;
}

static int sum(const int *where, int count) {
    int all = 0;
    for (int i = 0; i < count; i++) all += where[i];
    return all;
}

int main(void) {
    put(slots, 0, 7);
    for (int i = 1; i < 4; i++) put(slots, i, i);
    printf("%d\n", sum(slots, 4));
    return 0;
}
