#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <wchar.h>

typedef struct queue queue;
typedef struct {
    int x, y;
} point;
enum mode { SLOW, FAST };
typedef int (*visitor)(int value, void *context);

int narrow(int value) { return value; }
long wide(long value) { return value; }
double real(double value) { return value; }
float single(float value) { return value; }
size_t length(const char *text) { return text[0]; }
int words(const char **list, int count) { return list[0][0] + count; }
int wide_text(const wchar_t *text) { return (int)text[0]; }
int fill(int *numbers, size_t count) { return numbers[count - 1]; }
int bytes(const uint8_t *data, uint32_t size) { return data[size - 1]; }
void no_result(queue *q) { (void)q; }
queue *make(enum mode mode, _Bool fast) { return (queue *)(size_t)(mode + fast); }
int visit(queue *q, visitor each, void *context) { return each(q != NULL, context); }
int at(point p, const point *q) { return p.x + q->y; }
int message(char *to, size_t size, const char *format, ...) { return snprintf(to, size, "%s", format); }
int table(double values[3][3]) { return (int)values[0][0]; }
int opaque(void *anything, uintptr_t handle) { return anything != NULL && handle; }
