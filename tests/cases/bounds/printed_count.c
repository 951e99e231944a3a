/* A format counts into a number that is smaller than it says. */
#include <stdio.h>

int main(void) {
    short counted[2] = {0};
    printf("%d%n\n", 1234, (int *)&counted[1]);  //~ error[bounds.write]
    return counted[0];
}
