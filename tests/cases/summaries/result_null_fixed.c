/* A table of names: what is not in it has no entry. */
#include <stdio.h>
#include <string.h>
//~ run: ./program z

struct entry {
    const char *name;
    int weight;
};

static struct entry entries[] = {{"a", 1}, {"b", 2}};

static struct entry *find(const char *name) {
    for (int i = 0; i < 2; i++) {
        if (strcmp(entries[i].name, name) == 0) return &entries[i];
    }
    return NULL;
}

int main(int argc, char **argv) {
    struct entry *found = find(argc > 1 ? argv[1] : "a");
    if (found) printf("%d\n", found->weight);
    return 0;
}
