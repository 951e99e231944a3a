// Definitions without a prototype: nothing in the parentheses, or names whose types follow.
#include <stdlib.h>

void fills_one_too_many() {
    int *cells = malloc(5 * sizeof(int));
    if (cells == NULL) return;
    for (int i = 0; i <= 5; i++) cells[i] = i;  //~ error[bounds.write]: offset 20
    free(cells);
}

int behind_the_last(cells, count)
    int *cells;
    unsigned count;
{
    return count < 100 ? cells[count] : 0;  //~ error[bounds.read]: offset 12
}

int asks_for_the_next() {
    int cells[3] = {1, 2, 3};
    return behind_the_last(cells, 3);
}
