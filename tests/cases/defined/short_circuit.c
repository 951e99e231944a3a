/* The right side would give the value; the left side is enough. */
#include <stdio.h>

static int give(int *to) { return *to = 5; }

int main(void) {
    int a;
    int flag = 1;
    if (flag || give(&a)) flag = 0;
    if (a == 5) puts("five"); //~ error[defined.read]
    return flag;
}
