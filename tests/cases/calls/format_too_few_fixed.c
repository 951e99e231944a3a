/* Two places, one argument. */
#include <stdio.h>

int main(void) {
    const char *name = "x";
    printf("%s is %d\n", name, 3);
    return 0;
}
