/* Pointers to functions: tables, parameters, results, inside records; old-style definitions; inline functions. */
#include <stdlib.h>

#include "report.h"

typedef int (*operation)(int, int);
struct handler {
    const char *name;
    operation apply;
    void (*done)(int *);
};

static int add(int a, int b) { return a + b; }
static int subtract(int a, int b) { return a - b; }
static void increment(int *value) { ++*value; }
static inline int multiply(int a, int b) { return a * b; }
static operation table[3] = {add, [2] = multiply};
static struct handler handlers[] = {{"add", add, increment}, {"sub", &subtract, 0}};

static operation choose(int n) { return n > 0 ? add : n < 0 ? subtract : 0; }
static int apply(int f(int, int), int a, int b) { return (*f)(a, b); }
static int (*returned(void))(int, int) { return multiply; }
static int old_style(a, b) int a; char b; { return a * 2 + b; }
static int by_order(const void *a, const void *b) { return *(const int *)a - *(const int *)b; }

static void sorted(int *list, int count, int (*order)(const void *, const void *)) {
    for (int i = 1; i < count; i++)
        for (int j = i; j > 0 && order(&list[j - 1], &list[j]) > 0; j--) {
            int kept = list[j];
            list[j] = list[j - 1];
            list[j - 1] = kept;
        }
}

static int counter(void) {
    static int count = 10;
    static int *alias = &count;
    ++*alias;
    {
        static int count = 100;
        count++;
        alias == 0 ? 0 : (*alias += count - 100);
    }
    return count;
}

static int even(unsigned n);
static int odd(unsigned n) { return n ? even(n - 1) : 0; }
static int even(unsigned n) { return n ? odd(n - 1) : 1; }
static _Noreturn void leave(int *value) {
    (void)value;
    exit(3);
}
static void quiet(void) { return; }
static long narrow(char c, short s, float f) { return c + s + (long)f; }

int main(int argc, char **argv) {
    (void)argv;
    report(table[0](3, 4) + (table[1] == 0) + (*table[2])(5, 6));
    int value = 4;
    for (unsigned i = 0; i < sizeof handlers / sizeof *handlers; i++) {
        report(handlers[i].apply(9, value));
        if (handlers[i].done) handlers[i].done(&value);
    }
    report(value);
    report(choose(1)(2, 3) + choose(-1)(2, 3) + (choose(0) == 0));
    report(apply(subtract, 8, 3) + apply(*multiply, 2, 2) + apply(&add, 1, 1));
    report(returned()(6, 7));
    report(old_style(4, 'a'));
    int list[] = {5, 2, 9, 1};
    sorted(list, 4, by_order);
    report(list[0] * 1000 + list[1] * 100 + list[2] * 10 + list[3]);
    report(counter() * 100 + counter());
    report(odd(7) + even(7) * 2);
    operation kept = add;
    operation *slot = &kept;
    report((*slot)(1, 2) + (**slot)(3, 4));
    kept = 0;
    report(!kept + (kept != add));
    quiet();
    report(narrow(200, 70000, 2.9f));
    if (argc > 1000) leave(&value);
    int (*local[2])(int, int) = {subtract, add};
    report(local[value > 3](10, 4));
    return finish(0);
}
