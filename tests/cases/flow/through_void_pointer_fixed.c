/* A value travels as the address of a value, without its type. */
#include <stdio.h>

static void sink(void *p) {
    int *data = p;
    int buffer[8] = {0};
    if (*data >= 0 && *data < 8) buffer[*data] = 1;
    printf("%d\n", buffer[0]);
}

int main(void) {
    int data = 8;
    sink(&data);
    return 0;
}
