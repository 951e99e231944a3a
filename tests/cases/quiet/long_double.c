/* Right programs with long doubles: nothing may be said about them. */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct sum {
    int count;
    long double total, lost; /* as Kahan does it */
};

static void add(struct sum *sum, long double number) {
    long double part = number - sum->lost, total = sum->total + part;
    sum->lost = total - sum->total - part;
    sum->total = total;
    sum->count++;
}

static struct sum sum_of(int count, ...) {
    struct sum sum = {0};
    va_list list;
    va_start(list, count);
    for (int i = 0; i < count; i++) add(&sum, va_arg(list, long double));
    va_end(list);
    return sum;
}

static int bucket(long double value, int buckets) {
    if (!(value >= 0 && value < 1)) return buckets - 1;
    return (int)(value * buckets);
}

int main(void) {
    static int histogram[4];
    long double *values = malloc(3 * sizeof *values), *copy = calloc(3, sizeof *copy);
    if (!values || !copy) return 1;
    struct sum sum = sum_of(3, 0.1L, 0.2L, 0.3L);
    for (int i = 0; i < 3; i++) values[i] = sum.total * i / sum.count;
    memcpy(copy, values, 3 * sizeof *copy);
    for (int i = 0; i < 3; i++) histogram[bucket(copy[i], 4)]++;
    long double root = sqrtl(fabsl(copy[1] - 1)), largest = fmaxl(root, floorl(copy[2]));
    char text[40];
    snprintf(text, sizeof text, "%.3Lf", largest);
    printf("%s %Lg %d\n", text, root ? 1 / root : 0, histogram[0]);
    free(values);
    free(copy);
    return strtold(text, NULL) > 1;
}
