#include "shared.h"

#include <stdio.h>

void sink(int data) {
    int buffer[10] = {0};
    if (data < 0) return;
    buffer[data] = 1; //~ error[bounds.write]
    printf("%d\n", buffer[0]);
}
