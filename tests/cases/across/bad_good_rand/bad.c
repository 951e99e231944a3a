#include "shared.h"

void bad(int data) { sink(data % 12); }
