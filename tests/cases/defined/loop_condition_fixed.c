/* The loop tests what only its body sets. */
#include <stdio.h>

int main(void) {
    int more = 1;
    int turns = 0;
    while (more) {
        more = ++turns < 3;
    }
    printf("%d\n", turns);
    return 0;
}
