/* Inline assembly. */
#include "../programs/report.h"

int main(void) {
    int x = 4, y;
    __asm__("movl %1, %0\n\taddl $1, %0" : "=r"(y) : "r"(x));
    report(y);
    return finish(0);
}
