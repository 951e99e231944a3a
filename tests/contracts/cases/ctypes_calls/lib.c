#include <stdint.h>
#include <stdlib.h>
#include <wchar.h>

struct pair {
    double a, b;
};

double half(double x) { return x / 2; }
int add(int a, int b) { return a + b; }
long far(long offset) { return offset; }
char *text(const char *from) { return (char *)from; }
void *make(void) { return malloc(1); }
int show(const wchar_t *line) { return (int)line[0]; }
int say(const char *line) { return line[0]; }
struct pair both(void) { return (struct pair){1, 2}; }
unsigned small(unsigned char c) { return c; }
int tell(const char *format, ...) { return format[0]; }
int sum(const int *numbers, int count) { return numbers[count - 1]; }
void done(void *block) { free(block); }
