/* A switch over a constant. */
#include <stdio.h>

int main(void) {
    int *data = NULL;
    static int value = 3;
    switch (6) {
        case 6:
            data = &value;
            break;
        default:
            data = &value;
            break;
    }
    printf("%d\n", *data);
    return 0;
}
