/* Used before it is made. */
#include <stdio.h>
#include <stdlib.h>

static int *table;

static int get(int i) { return table ? table[i] : -1; }

static void make(void) { table = calloc(4, sizeof *table); }

int main(void) {
    int first = get(0);
    make();
    printf("%d\n", first);
    free(table);
    return 0;
}
