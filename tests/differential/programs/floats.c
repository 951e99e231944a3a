/* float and double: arithmetic, comparison, conversion. */
#include "report.h"

static float f = 1.1f;
static double d = 2.7;
static int counter = 7;

static double mean(const float *values, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) sum += values[i];
    return sum / count;
}

int main(void) {
    report_double(f + d);
    report_double(f * f);
    report_double(f / 3);
    report_double(counter / 2);
    report_double(counter / 2.0);
    report_double(counter / 2.0f);
    report_double(-d);
    report_double(-0.0);
    report((int)d);
    report((unsigned char)200.9);
    report((long)-3.99);
    report((unsigned long)1e18);
    report_double((float)16777217);
    report_double((double)(float)0.1);
    report_double(1e300 * 1e10);
    report(1e300 * 1e10 > 1.0);
    double zero = d - d;
    report(zero / zero == zero / zero);
    report(zero / zero != zero / zero);
    report(!(zero / zero < 1));
    report(0.0 == -0.0);
    report(!0.0);
    report(d && f);
    f += 0.5;
    report_double(f);
    f++;
    report_double(f);
    d -= counter;
    report_double(d);
    counter *= 1.5;
    report(counter);
    counter -= 0.25f;
    report(counter);
    float list[] = {1, 2.5f, -3, 0x1p-3};
    report_double(mean(list, 4));
    unsigned bits;
    memcpy(&bits, &list[1], sizeof bits);
    report(bits);
    report_double(counter > 3 ? 1 : 2.5);
    report_double((unsigned long)18446744073709551615u);
    report_double((float)(unsigned)4294967295u);
    return finish(0);
}
