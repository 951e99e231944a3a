/* Sixteen bytes each: the array ends earlier than its bytes, counted as doubles, say. */
#include <stdlib.h>

static long double total(int count) {
    long double *values = malloc((size_t)count * sizeof(double));
    long double sum = 0;
    if (!values) return 0;
    for (int i = 0; i < count; i++) {
        values[i] = i * 0.1L;  //~ error[bounds.write]
        sum += values[i];
    }
    free(values);
    return sum;
}

int main(void) { return total(4) > 1; }
