/* The third of four structs keeps what was on the stack. */
#include <stdio.h>

struct pair {
    int key, value;
};

int main(void) {
    struct pair pairs[4];
    for (int i = 0; i < 4; i++) {
        if (i == 2) continue;
        pairs[i].key = i;
        pairs[i].value = i * i;
    }
    int found = 0;
    for (int i = 0; i < 4; i++)
        if (pairs[i].key == 7) found = pairs[i].value; //~ error[defined.read]
    printf("%d\n", found);
    return 0;
}
