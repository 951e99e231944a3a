/* long double: x87 arithmetic. */
#include "../programs/report.h"

static long double stored = 2.5L;
struct pair {
    char tag;
    long double value;
};

static long double twice(long double x) { return x * 2; }

int main(void) {
    long double x = 1.5;
    x += 0.25L;
    report_double((double)x);
    report_double((double)twice(stored));
    report((int)(x * 4));
    report(x < 2);
    report(sizeof x);
    struct pair pair = {1, 8.5L};
    struct pair copy = pair;
    copy.value -= 1;
    report_double((double)copy.value);
    report_double((double)(x / 2 - stored));
    report((unsigned long)(x * 1000000));
    long double list[3] = {1, 2, 3};
    for (int i = 0; i < 3; i++) stored += list[i];
    report_double(stored);
    report(-stored < 0 && !!stored);
    x++;
    report_double(x);
    return finish(0);
}
