/* Expressions: comma, conditionals, statement expressions, _Generic, short circuit, pointers, strings. */
#include <stddef.h>

#include "report.h"

#define MAX(a, b) ({ __typeof__(a) left = (a); __typeof__(b) right = (b); left > right ? left : right; })
#define KIND(x) _Generic((x), char: 1, int: 2, unsigned: 3, double: 4, char *: 5, const char *: 6, default: 7)

static int calls;
static int seen(int value) {
    calls = calls * 10 + value;
    return value;
}
struct point {
    int x, y;
};
static struct point shared = {3, 4};

static void elided(int n) {
    report(n ?: 9);
    report(seen(n) ?: seen(5));
    const char *text = 0;
    report((text ?: "none")[1]);
    report_double(n * 1.5 ?: 0.25);
    unsigned char small = (unsigned char)n;
    report(small ?: -1);
}

static void blocks(int n) {
    int value = ({
        int sum = 0;
        for (int i = 0; i < n; i++) sum += i;
        sum;
    });
    report(value);
    report(MAX(n, 4) + MAX(-1, 2));
    struct point p = ({ shared.x++; shared; });
    report(p.x);
    report(({ shared; }).y);
    ({ n++; });
    if (({ int t = n; t > 2; })) report(n);
    while (({ n--; n > 0; })) calls++;
    report(({ (void)0; n ? 1 : 2; }));
    report(({ struct point q = {n, 8}; q; }).y);
}

static void generic(void) {
    const char *text = "";
    short s = 1;
    report(KIND('a'));
    report(KIND((char)1));
    report(KIND(1u) + KIND(1.0) * 10 + KIND(1.0f) * 100);
    report(KIND(text));
    report(KIND("x"));
    report(KIND(s) * 10 + KIND(s + s));
    report(_Generic(&shared, struct point *: shared.x, default: 0));
    report(_Generic(1, long: seen(1), int: seen(2), default: seen(3)));
    int (*function)(int) = _Generic(1, int: seen, default: (int (*)(int))0);
    report(function(8));
    _Generic(shared.y, int: shared.y, default: shared.x) = 40;
    report(shared.y);
}

static void logic(int n) {
    calls = 0;
    report(seen(1) && seen(0) && seen(2));
    report(seen(0) || seen(3) || seen(4));
    report(calls);
    report((n > 2 && n < 9) + (n == 3 || n == 5) * 2 + !n * 4);
    report(!(n && !n));
    int a = 1, b = 2;
    report((a = b, b = 7, a + b));
    report(a == 2 ? b == 7 ? 1 : 2 : 3);
    n > 0 ? seen(1) : seen(2);
    n > 0 ? (void)seen(3) : (void)0;
    (n > 0 ? (a = 5) : (b = 6));
    report(calls + a + b);
    a = b = n = 4;
    report(a + b + n);
    report(a += b -= 1);
    report((n > 1) < 2);
    report((n & 1) == 0 && (n | 1) ^ 2);
}

static void pointers(void) {
    int list[5] = {1, 2, 3, 4, 5};
    int *p = list, *end = &list[5];
    report(*p++ + *++p);
    report((*p)++ + list[2]);
    report(--*p);
    report(end - p);
    report(p[-1] + 1 [p] + *(end - 1));
    report(p < end && p != end);
    report((char *)end - (char *)list);
    p += 2;
    p -= 1;
    report(*p);
    int **pp = &p;
    (*pp)--;
    report(**pp);
    void *any = list;
    report(*(int *)((char *)any + 8));
    report(*(any + 4 == list + 1 ? p : list));
    int(*whole)[5] = &list;
    report((*whole)[4] + sizeof *whole);
    report(&list[4] - &list[1]);
    report((ptrdiff_t)(p - end));
    size_t number = (size_t)p;
    report(*(int *)(number + sizeof(int)));
    const char *text = "hello" + 1;
    report(text[1] + *"x" + "abc"[2] + sizeof "four");
    int i = 0;
    list[i++] = 10;
    list[i] = i++ + 20 > 3;
    report(list[0] + i);
    report(!p + !!p);
    struct point points[2] = {{1, 2}, {3, 4}}, *at = points;
    at++->x = 9;
    report(at->y + points[0].x);
    report((&points[1])->x + (*at).y + points->y);
    int matrix[2][3] = {{1, 2, 3}, {4, 5, 6}};
    report(matrix[1][-1] + *matrix[1] + (*(matrix + 1))[2] + **matrix);
}

static void characters(void) {
    report('\n' + '\x41' + '\101' + '\0' + '\\');
    report('\xff');
    report('ab');
    report(L'x' + sizeof L'x');
    report(u'\u20ac' + U'\U0001f600');
    report("\xe9\n\"q\""[0] + "a\0b"[2]);
    report(sizeof "a\0b");
    report(u8"\u00e9"[1]);
    const __WCHAR_TYPE__ *wide = L"wide\u20ac";
    report((unsigned)wide[4] + sizeof L"wide");
    const __CHAR16_TYPE__ sixteen[] = u"ab\U0001f600";
    report(sixteen[2] + sizeof sixteen);
    report(__func__[0] + sizeof __func__);
    report(__LINE__ > 3);
}

int main(void) {
    elided(0);
    elided(3);
    blocks(4);
    generic();
    logic(3);
    pointers();
    characters();
    report(calls);
    return finish(0);
}
