#include "each.h"

void each(int n, void (*visit)(int)) {
    for (int i = 1; i <= n; i++) visit(i);
}
