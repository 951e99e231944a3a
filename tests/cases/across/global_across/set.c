#include "sizes.h"

int size = 4;

void set_size(void) { size = 9; }
