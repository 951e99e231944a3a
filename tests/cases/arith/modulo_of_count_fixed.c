/* Round robin among nobody. */
#include <stdio.h>

static int workers;
static int turn;

static int next_worker(void) {
    if (workers) turn = (turn + 1) % workers;
    return turn;
}

int main(void) {
    workers = 2;
    next_worker();
    workers -= 2;
    printf("%d\n", next_worker());
    return 0;
}
