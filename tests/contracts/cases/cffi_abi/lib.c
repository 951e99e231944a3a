#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

enum color { RED, GREEN = 5, BLUE };
struct sample {
    int32_t value;
    uint32_t tick;
};
typedef struct {
    short kind;
    double weight;
} item;
typedef int (*visitor)(int value, void *context);
typedef struct queue queue;

int narrow(int value) { return value; }
long wide(long value) { return value; }
double real(double value) { return value; }
size_t length(const char *text) { return text[0]; }
unsigned count(void) { return 3; }
int use_sample(const struct sample *s) { return s->value; }
double use_item(item *i) { return i->weight; }
int paint(enum color c) { return (int)c; }
int visit(visitor each, void *context) { return each(1, context); }
int fill(int *numbers, size_t count) { return numbers[count - 1]; }
int words(const char **list) { return list[0][0]; }
int tell(const char *format, ...) { return format[0]; }
void nothing(queue *q) { (void)q; }
queue *make(void) { return NULL; }
int bytes(const uint8_t *data) { return data[0]; }
