#include <stdlib.h>

typedef void (*handler)(int);
typedef int (*compare)(int, int);

struct queue {
    int count;
    handler on_push, on_pop;
};

static handler saved;
static handler never;
static compare current;

void on_change(handler h) { saved = h; }
void change(int value) {
    if (saved) saved(value);
}

struct queue *queue_new(void) { return calloc(1, sizeof(struct queue)); }
static void keep(struct queue *q, handler h) { q->on_push = h; }
void queue_on_push(struct queue *q, handler h) { keep(q, h); }
void queue_on_pop(struct queue *q, handler h) { q->on_pop = h; } /* nobody calls it */
void queue_push(struct queue *q, int value) {
    q->count++;
    if (q->on_push) q->on_push(value);
}

void forget(handler h) { never = h; }
void at_once(handler h) { h(1); }

static int by_current(const void *a, const void *b) { return current(*(const int *)a, *(const int *)b); }
void sort(int *values, size_t count, compare c) {
    current = c;
    qsort(values, count, sizeof *values, by_current);
    current = NULL;
}
