/* A function inside a function, which clang refuses. */
#include "../programs/report.h"

int main(void) {
    int total = 0;
    void add(int n) { total += n; }
    add(4);
    report(total);
    return finish(0);
}
