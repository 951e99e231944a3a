/* A lookup fails and a member far inside is read. */
#include <stdio.h>
#include <string.h>

struct user {
    char name[8];
    struct {
        int day, month;
    } birth;
};

static struct user users[2] = {{"ada", {10, 12}}, {"alan", {23, 6}}};

static struct user *find(const char *name) {
    for (int i = 0; i < 2; i++)
        if (strcmp(users[i].name, name) == 0) return &users[i];
    return NULL;
}

int main(void) {
    struct user *user = find("grace");
    if (user) printf("%d\n", user->birth.month);
    return 0;
}
