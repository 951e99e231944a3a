/* The sink is called by its address. */
#include <stdio.h>

static void sink(int *data) {
    if (data) printf("%d\n", *data);
}

int main(void) {
    void (*call)(int *) = sink;
    int *data = NULL;
    call(data);
    return 0;
}
