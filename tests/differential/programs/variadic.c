/* Functions with variable arguments. */
#include <stdarg.h>

#include "report.h"

struct pair {
    int a;
    long b;
};

static int sum(int count, ...) {
    va_list list;
    va_start(list, count);
    int total = 0;
    while (count-- > 0) total += va_arg(list, int);
    va_end(list);
    return total;
}

static double mixed(const char *kinds, ...) {
    va_list list;
    va_start(list, kinds);
    double total = 0;
    for (; *kinds; kinds++) {
        switch (*kinds) {
            case 'i':
                total += va_arg(list, int);
                break;
            case 'l':
                total += (double)va_arg(list, long);
                break;
            case 'u':
                total += va_arg(list, unsigned);
                break;
            case 'd':
                total += va_arg(list, double);
                break;
            case 's':
                total += (double)strlen(va_arg(list, const char *));
                break;
            case 'p': {
                struct pair pair = va_arg(list, struct pair);
                total += (double)pair.b + pair.a;
                break;
            }
        }
    }
    va_end(list);
    return total;
}

static int listed(int count, va_list list) {
    int total = 0;
    for (int i = 0; i < count; i++) total = total * 10 + va_arg(list, int);
    return total;
}

static int twice(int count, ...) {
    va_list first, second;
    va_start(first, count);
    va_copy(second, first);
    int total = listed(count, first) + listed(count, second);
    va_end(second);
    va_end(first);
    va_start(first, count);
    total += va_arg(first, int);
    va_end(first);
    return total;
}

static int through(va_list *list) { return va_arg(*list, int); }

static int pointed(int count, ...) {
    va_list list;
    va_start(list, count);
    int total = 0;
    for (int i = 0; i < count; i++) total = total * 10 + through(&list);
    total = total * 10 + va_arg(list, int);
    va_end(list);
    return total;
}

static int last_null(const char *first, ...) {
    va_list list;
    int total = 0;
    va_start(list, first);
    for (const char *text = first; text; text = va_arg(list, const char *)) total += text[0];
    va_end(list);
    return total;
}

static int nested(int count, ...) {
    va_list list;
    va_start(list, count);
    int total = sum(2, va_arg(list, int), 5) + va_arg(list, int);
    va_end(list);
    return total;
}

int main(void) {
    report(sum(0));
    report(sum(3, 1, 2, 3));
    report(sum(12, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12));
    report_double(mixed("idlsu", 1, 2.5, 1l << 40, "four", 3000000000u));
    report_double(mixed("dididididididididi", 1.5f, 'a', 2.5, 2, 3.5, 3, 4.5, 4, 5.5, 5, 6.5, 6, 7.5, 7, 8.5, 8, 9.5, (short)9));
    struct pair pair = {3, 4};
    report_double(mixed("ipi", 1, pair, 2));
    report(twice(3, 4, 5, 6));
    report(pointed(2, 7, 8, 9));
    report(last_null("a", "b", "c", (char *)0));
    report(nested(2, 10, 20));
    int (*function)(int, ...) = sum;
    report(function(2, 30, 40));
    return finish(0);
}
