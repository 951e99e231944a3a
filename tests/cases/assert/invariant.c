/* A queue's count agrees with its ends. */
#include <assert.h>
#include <stdio.h>

struct queue {
    int items[4];
    int first, last, count;
};

static void put(struct queue *q, int item) {
    if (q->count == 4) return;
    q->items[q->last] = item;
    q->last = (q->last + 1) % 4;
    if (item) q->count++;
    assert((q->first + q->count) % 4 == q->last); //~ error[assert.fails]
}

int main(void) {
    struct queue q = {{0}, 0, 0, 0};
    put(&q, 1);
    put(&q, 0);
    printf("%d\n", q.count);
    return 0;
}
