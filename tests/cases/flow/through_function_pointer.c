/* The sink is called by its address. */
#include <stdio.h>

static void sink(int *data) {
    printf("%d\n", *data); //~ error[null.deref]
}

int main(void) {
    void (*call)(int *) = sink;
    int *data = NULL;
    call(data);
    return 0;
}
