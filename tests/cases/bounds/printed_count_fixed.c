/* A format counts into a number that is as large as it says. */
#include <stdio.h>

int main(void) {
    short counted[2] = {0};
    printf("%d%hn\n", 1234, &counted[1]);
    return counted[0];
}
