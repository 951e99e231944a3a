/* A switch that leaves one value out. */
#include <stdio.h>

static int weight(int kind) {
    int result = 0;
    switch (kind) {
        case 1:
            result = 10;
            break;
        case 2:
            result = 20;
            break;
    }
    if (result > 15) return 1;
    return 0;
}

int main(void) {
    printf("%d\n", weight(1) + weight(2) + weight(3));
    return 0;
}
