/* The small member is set, the large one read. */
#include <stdio.h>

union number {
    char small;
    int large;
};

int main(void) {
    union number n;
    n.large = 1;
    if (n.large == 1) puts("one");
    return 0;
}
