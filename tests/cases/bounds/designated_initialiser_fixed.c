/* The largest designator gives the size. */
#include <stdio.h>

int main(void) {
    int weekdays[] = {[1] = 8, [5] = 6};
    weekdays[5] = 0;
    printf("%d\n", weekdays[1]);
    return 0;
}
