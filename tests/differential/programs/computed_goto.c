/* Labels as values: a small interpreter of byte code, and a table of differences. */
#include "report.h"

enum { push, add, multiply, jump_if, duplicate, stop };

static int run(const signed char *code) {
    static const void *const handlers[] = {&&do_push, &&do_add, &&do_multiply, &&do_jump_if, &&do_duplicate, &&do_stop};
    int stack[16], *top = stack;
    const signed char *at = code;
    goto *handlers[(int)*at];
do_push:
    *top++ = at[1];
    at += 2;
    goto *handlers[(int)*at];
do_add:
    top--;
    top[-1] += top[0];
    goto *handlers[(int)*++at];
do_multiply:
    top--;
    top[-1] *= top[0];
    goto *handlers[(int)*++at];
do_duplicate:
    top[0] = top[-1];
    top++;
    goto *handlers[(int)*++at];
do_jump_if:
    if (top[-1] < 100) {
        at += at[1];
    } else {
        at += 2;
    }
    goto *handlers[(int)*at];
do_stop:
    return top[-1];
}

static int chosen(int n) {
    void *target = n > 2 ? &&big : &&small;
    int result = 0;
again:
    result++;
    goto *target;
small:
    result += 10;
    target = &&big;
    goto again;
big:
    return result + 100;
}

int main(void) {
    static const signed char code[] = {push, 3, push, 4, add, duplicate, add, jump_if, -2, stop};
    report(run(code));
    report(chosen(1));
    report(chosen(3));
    return finish(0);
}
