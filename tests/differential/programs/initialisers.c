/* Initialisers of every shape, at file scope and inside functions. */
#include "report.h"

struct point {
    int x, y;
};
struct line {
    struct point from, to;
    const char *name;
    int weights[3];
};
union number {
    int whole;
    double real;
};
struct text {
    int length;
    char data[];
};
struct node {
    struct node *next;
    int value;
};

static int twice(int x) { return 2 * x; }

static int ranged[10] = {[2 ... 4] = 7, 8, [9] = 1};
static int square[][3] = {{1}, 2, 3, 4, {[2] = 9}, [4][1] = 6};
static struct line flat = {1, 2, 3, 4, "flat", 5, 6};
static struct line named = {.to.y = 3, .weights[1] = 4, 5, .from = {.y = 1}, .name = "na" "med"};
static struct line lines[] = {[1].to = {1, 2}, [0] = {{3}, {4}}, {.name = "after"}};
static union number real = {.real = 2.5};
static union number whole = {3};
static char exact[3] = "abc", longer[6] = "ab", sized[] = {"braced"};
static char table[][4] = {"one", "two", {'x', 'y'}};
static const char *names[] = {"zero", "one", [3] = "three"};
static struct text flexible = {3, {'a', 'b', 'c'}};
static struct text said = {2, "hi"};
static struct node second = {0, 2}, first = {&second, 1};
static int *inside = &ranged[3], *past = ranged + 10, *deep = &lines[1].to.y;
static int (*functions[])(int) = {twice, &twice, 0};
static struct point literal = (struct point){4, 5};
static struct point *pointed = &(struct point){6, 7};
static int *listed = (int[]){1, 2, 3};
static long difference = (char *)&lines[1] - (char *)&lines[0];
static double halves[] = {1 / 2.0, 3, -1e-3};
static float single = 7 / 2;
static unsigned char bytes[] = {-1, 255, 'a'};
static _Bool truth = 5;
static unsigned long address_is_set = 1 && sizeof(int);
static void *nothing = (void *)0;
static char *self = (char *)&self;
static int empty[4] = {};
static struct {
    int a;
    struct {
        int b, c;
    };
    union {
        int d;
        char e;
    };
} unnamed = {1, {2, 3}, {4}}, dotted = {.c = 5, .e = 6};

static unsigned total(const int *values, unsigned count) {
    unsigned sum = 0;
    for (unsigned i = 0; i < count; i++) sum = sum * 31 + (unsigned)values[i];
    return sum;
}

static void locals(int n) {
    int list[6] = {n, [3] = n + 1, n + 2};
    report(total(list, 6));
    struct line line = {.from = {n, n * 2}, .name = "local", .weights = {[0 ... 1] = n}};
    report(line.from.y + line.to.x + line.weights[1] + line.weights[2]);
    char text[] = "text";
    text[0] = 'n';
    report(sizeof text + (unsigned)text[0]);
    char padded[8] = "ab";
    report((unsigned)padded[1] + (unsigned)padded[7]);
    union number number = {.whole = n};
    report(number.whole);
    struct point from = {1, 2}, pair[2] = {from, {n}};
    report(pair[0].y + pair[1].x);
    struct line nested = {from, .to = {from.x, from.y}, .name = "nested"};
    report(nested.to.x * 10 + nested.to.y);
    report(((int[]){n, n + 1, n + 2})[1]);
    report(total((int[4]){n}, 4));
    int scalar = {n};
    report(scalar);
    const char *chosen[] = {[0 ... 2] = "same"};
    report(chosen[2][3]);
    static int counted = 3;
    static const int constants[] = {1, 1, 2, 3, 5};
    counted += constants[4];
    report(counted);
    int grid[2][2] = {{1, 2}, {3, n}};
    report(total(&grid[0][0], 4));
    struct {
        int before;
        char word[4];
    } holder = {1, "abc"};
    report(holder.word[2]);
    double mixed[] = {n, 2.5f};
    report_double(mixed[0] + mixed[1]);
}

int main(void) {
    report(total(ranged, 10));
    report(sizeof square / sizeof square[0]);
    report(total(square[0], 15));
    report(flat.to.y + flat.weights[1] + flat.weights[2] + flat.name[1]);
    report(named.to.y + named.weights[1] * 10 + named.weights[2] * 100 + named.from.y + named.name[3]);
    report(sizeof lines / sizeof lines[0]);
    report(lines[0].from.x + lines[0].to.x + lines[1].from.x);
    report(lines[1].name[0]);
    report_double(real.real);
    report(whole.whole);
    report(exact[2] + longer[1] + longer[5]);
    report(sizeof sized);
    report(table[1][2] + table[2][1] + table[2][2]);
    report(names[0][0] + names[3][4] + (names[2] == 0));
    report(flexible.data[2] + said.data[1]);
    report(first.next->value);
    report(*inside + past[-1] + *deep);
    report(functions[0](4) + functions[1](5) + (functions[2] != 0));
    report(literal.y + pointed->x + listed[2]);
    report(difference);
    report_double(halves[0] + halves[1] * halves[2]);
    report_double(single);
    report(bytes[0] + bytes[2]);
    report(truth + address_is_set);
    report(nothing == 0);
    report(self == (char *)&self);
    report(total(empty, 4));
    report(unnamed.a + unnamed.c * 10 + unnamed.d * 100);
    report(dotted.b + dotted.c + dotted.e);
    locals(4);
    locals(-3);
    return finish(0);
}
