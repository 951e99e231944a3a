#include "shared.h"

void good(int data) {
    if (data >= 0) sink(data % 10);
}
