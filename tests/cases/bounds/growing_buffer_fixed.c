/* A buffer doubles when it is full; it asks too late. */
#include <stdio.h>
#include <stdlib.h>

struct buffer {
    char *data;
    size_t size, room;
};

static int append(struct buffer *b, char c) {
    if (b->size == b->room) {
        size_t room = b->room ? 2 * b->room : 4;
        char *data = realloc(b->data, room);
        if (!data) return -1;
        b->data = data;
        b->room = room;
    }
    b->data[b->size++] = c;
    return 0;
}

int main(void) {
    struct buffer b = {malloc(4), 0, 4};
    if (!b.data) return 1;
    for (int i = 0; i < 6; i++)
        if (append(&b, 'x')) break;
    printf("%c\n", b.data[0]);
    free(b.data);
    return 0;
}
