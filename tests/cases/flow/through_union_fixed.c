/* One member is written, its other name read. */
#include <stdio.h>

union carrier {
    int *first;
    int *second;
};

int main(void) {
    int value = 1;
    union carrier c;
    c.first = &value;
    int *data = c.second;
    *data = 2;
    printf("%d\n", value);
    return 0;
}
