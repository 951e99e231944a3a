#include <stddef.h>
typedef int (*visitor)(int value, void *context);
typedef void (*done)(double seconds);
typedef int comparison(const void *, const void *);
int each(visitor visit, void *context) { return visit(1, context); }
void finish(done call) { call(1.5); }
int sort(int *values, size_t count, comparison *compare) { return compare(values, values + count); }
int keep(void *anything) { return anything != NULL; }
