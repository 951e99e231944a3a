/* The block has the size of a smaller struct. */
#include <stdio.h>
#include <stdlib.h>

struct small {
    int id;
};
struct large {
    int id;
    double weight[4];
};

int main(void) {
    struct large *item = malloc(sizeof(struct small));
    if (!item) return 1;
    item->id = 1;
    item->weight[0] = 0.5; //~ error[bounds.write]
    printf("%d\n", item->id);
    free(item);
    return 0;
}
