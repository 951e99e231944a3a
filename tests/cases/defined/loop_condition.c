/* The loop tests what only its body sets. */
#include <stdio.h>

int main(void) {
    int more;
    int turns = 0;
    while (more) { //~ error[defined.read]
        more = ++turns < 3;
    }
    printf("%d\n", turns);
    return 0;
}
