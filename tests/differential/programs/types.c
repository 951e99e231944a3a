/* Types: _Alignof, typeof, enumerations, typedefs, qualifiers, volatile, _Static_assert, attributes, tag scopes. */
#include <stdalign.h>
#include <stddef.h>

#include "report.h"

enum small { one = 1, two, many = 200 };
enum large { negative = -1, huge = 0x7fffffff };
enum wide { enormous = 0x100000000 };
enum __attribute__((packed)) tiny { t1, t2 };
typedef struct node node;
struct node {
    node *next;
    int value;
};
typedef int row[4];
typedef row grid[2];
_Static_assert(sizeof(grid) == 32, "two rows");
static const volatile int constant = 6;
static alignas(64) char buffer[3];
static __thread int per_thread = 4;
static _Thread_local int another = 5;
extern int later;
static __auto_type deduced = 7ul;

static int tagged(void) {
    struct node {
        char c;
    };
    enum small { inner = 9 };
    typedef char node;
    return (int)sizeof(struct node) + (int)sizeof(node) + inner;
}

static int restricted(int *restrict a, const int *restrict b) {
    *a = *b + 1;
    return *a;
}

int main(void) {
    report(_Alignof(double) + alignof(char) + __alignof__(long));
    report(__alignof__(buffer));
    typeof(1.5f) f = 3;
    __typeof__(int[3]) list = {1, 2, 3};
    typeof(&list[0]) p = list;
    typeof(*p) element = p[2];
    report_double(f);
    report(element + sizeof list);
    report(sizeof(enum small) + sizeof(enum wide) * 10 + sizeof(enum tiny) * 100);
    enum small s = two;
    s = s + 1;
    report(s);
    s++;
    report(s == 4);
    enum large l = negative;
    report(l < 0);
    report(huge + negative);
    report(enormous >> 30);
    report((enum small)3 + (many > two));
    enum tiny t = t2;
    report(t + 1);
    report(-one < 0);
    node n = {0, 4}, m = {&n, 5};
    report(m.next->value);
    grid g = {{1, 2, 3, 4}, {5}};
    row *r = g;
    report(r[1][0] + (*r)[3]);
    report(constant + per_thread + another);
    volatile int v = 3;
    v += v;
    report(v);
    report(tagged());
    int a = 1, b = 41;
    report(restricted(&a, &b));
    report(later);
    __auto_type inferred = deduced + 1;
    report(inferred + sizeof inferred);
    register int quick = 5;
    report(quick * 2);
    const int *const fixed = &a;
    report(*fixed);
    int unused __attribute__((unused, aligned(16))) = 8;
    report(unused);
    _Bool flag = p;
    report(flag);
    report(sizeof(void *) + sizeof(int(*)[3]) + sizeof(int *[3]));
    report((size_t) & ((struct node *)0)->value);
    report(sizeof(struct { char c; long l; }));
    extern int later_array[];
    report(later_array[1]);
    long long unsigned int long_name = 5;
    report(long_name);
    __extension__ int extended = 4;
    report(extended);
    return finish(0);
}

int later = 12;
int later_array[3] = {1, 22};
