/* A chain is cut at the wrong place when its first entry goes. */
#include <stdio.h>
#include <stdlib.h>

struct entry {
    struct entry *next;
    int key;
};

static struct entry *buckets[2];

static void add(int key) {
    struct entry *e = malloc(sizeof *e);
    if (!e) exit(1);
    e->key = key;
    e->next = buckets[key % 2];
    buckets[key % 2] = e;
}

static void remove_key(int key) {
    struct entry *before = NULL;
    for (struct entry *e = buckets[key % 2]; e; before = e, e = e->next)
        if (e->key == key) {
            if (before) before->next = e->next;
            free(e);
            return;
        }
}

static int has(int key) {
    for (struct entry *e = buckets[key % 2]; e; e = e->next)
        if (e->key == key) return 1; //~ error[lifetime.use-after-free]
    return 0;
}

int main(void) {
    add(2);
    add(4);
    remove_key(4);
    int found = has(2);
    remove_key(2);
    printf("%d\n", found);
    return 0;
}
