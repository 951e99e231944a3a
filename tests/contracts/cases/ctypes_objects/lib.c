#include <stddef.h>

int total;
long grand = 3;
double ratio;
const char *title = "t";
char name[16];
struct pair {
    int a, b;
} both;
static int hidden;

int scale(int value, double by) { return (int)(value * by) + hidden; }
void *make(size_t size) { return size ? &total : NULL; }
void reset(void) { total = 0; }
int fill(int *numbers, const char *text) { return *numbers = text ? 1 : 0; }
