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
    c.first = NULL;
    int *data = c.second;
    *data = 2; //~ error[null.deref]
    printf("%d\n", value);
    return 0;
}
