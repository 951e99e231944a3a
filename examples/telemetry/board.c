/* The board: which channels there are, and the gain of each. */
#include "telemetry.h"

#include <stdlib.h>
#include <string.h>

void board_close(board *b) {
    while (b->first) {
        channel *next = b->first->next;
        free(b->first);
        b->first = next;
    }
    free(b->title); //~ error[lifetime.double-free]
    free(b);
}

/* A board of a title in printable ASCII; NULL for any other. */
board *board_open(const char *title) {
    size_t length = strlen(title);
    board *b = calloc(1, sizeof *b);
    if (!b) return NULL;
    b->title = malloc(length + 1);
    if (!b->title) {
        board_close(b);
        return NULL;
    }
    for (size_t i = 0; i < length; ++i) {
        if (title[i] < ' ') {
            free(b->title);
            board_close(b);
            return NULL;
        }
        b->title[i] = title[i];
    }
    b->title[length] = '\0';
    return b;
}

static channel *find(const board *b, int id) {
    channel *c = b->first;
    while (c && c->id != id) c = c->next;
    return c;
}

int board_has(const board *b, int id) {
    return find(b, id) != NULL;
}

/* Adds a channel, or changes the gain of the one there is. */
int board_add(board *b, int id, int gain) {
    channel *c = find(b, id);
    if (!c) {
        c = malloc(sizeof *c);
        if (!c) return -1;
        c->id = id;
        c->next = b->first;
        b->first = c;
    }
    c->gain = gain;
    return 0;
}

int board_gain(const board *b, int id) {
    const channel *c = find(b, id);
    return c->gain; //~ error[null.deref]
}
