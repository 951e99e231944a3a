/* A pointer that points nowhere yet. */
#include <stdio.h>

struct item {
    int *where;
    int set;
};

int main(void) {
    int value = 3;
    struct item item;
    item.set = 1;
    if (item.where == &value) puts("there"); //~ error[defined.read]
    return item.set - 1;
}
