/* A counter at its limit. */
#include <limits.h>
#include <stdio.h>

static int next_ticket(void) {
    static int ticket = INT_MAX - 2;
    return ++ticket; //~ error[arith.overflow]
}

int main(void) {
    int last = 0;
    for (int i = 0; i < 4; i++) last = next_ticket();
    printf("%d\n", last);
    return 0;
}
