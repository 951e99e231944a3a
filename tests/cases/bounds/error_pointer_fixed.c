/* Who is not found is -1, and is let alone. */
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

struct user {
    int number;
    const char *name;
};

static struct user users[] = {{1, "ann"}, {2, "bob"}};

static struct user *find(int number) {
    for (size_t i = 0; i < sizeof users / sizeof users[0]; i++)
        if (users[i].number == number) return &users[i];
    return (struct user *)-1;
}

//~ run: ./program 7
int main(int argc, char **argv) {
    if (argc < 2) return 1;
    struct user *found = find(atoi(argv[1]));
    if (found != (struct user *)-1) printf("%d\n", found->number);
    return 0;
}
