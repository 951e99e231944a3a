/* One overflow for each operator and some types. */
#include <limits.h>

int int_sink;
long long_sink;

void overflow_001(void) {
    int a = INT_MAX;
    int_sink = a - 1;
}
void overflow_002(void) {
    int a = INT_MIN;
    a += 1;
    int_sink = a;
}
void overflow_003(void) {
    long a = LONG_MAX / 2;
    long_sink = a * 2;
}
void overflow_004(void) {
    int a = INT_MIN;
    int_sink = -(a + 1);
}
void overflow_005(void) {
    int a = INT_MAX;
    a--;
    int_sink = a;
}
void overflow_006(void) {
    long long a = LLONG_MAX;
    long_sink = (long)(a + -1);
}
static int largest(void) { return INT_MAX; }
void overflow_007(void) {
    int_sink = largest() - largest();
}
void overflow_008(void) {
    int array[2] = {INT_MAX, 1};
    int_sink = array[0] - array[1];
}
void overflow_009(void) {
    short a = SHRT_MAX;
    a++; /* converted back: no overflow */
    int_sink = a;
    int b = INT_MAX;
    b -= 0x7fff;
    int_sink = b;
}
void overflow_011(void) {
    int bits = 64;
    long_sink = (long)(1ul << (bits - 1));
}
