/* A size is doubled until it suffices. */
#include <stdio.h>

static int room_for(int wanted) {
    int size = 16;
    while (size < wanted && size < 1 << 29) size *= 2;
    return size;
}

int main(void) {
    printf("%d\n", room_for(100) + room_for(2000000000));
    return 0;
}
