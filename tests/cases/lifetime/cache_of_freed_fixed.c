/* A cache keeps a pointer to what was released. */
#include <stdio.h>
#include <stdlib.h>

struct entry {
    int key, value;
};

static struct entry *newest;

static struct entry *entry_new(int key) {
    struct entry *e = malloc(sizeof *e);
    if (!e) exit(1);
    e->key = key;
    e->value = 2 * key;
    newest = e;
    return e;
}

static void entry_drop(struct entry *e) {
    if (newest == e) newest = NULL;
    free(e);
}

int main(void) {
    struct entry *e = entry_new(2);
    entry_drop(e);
    printf("%d\n", newest ? newest->value : 0);
    return 0;
}
