#include "data.h"

#include <stdio.h>

void sink(void) { printf("%d\n", *data); }
