/* Complex numbers. */
#include <complex.h>

#include "../programs/report.h"

int main(void) {
    double complex z = 1 + 2 * I;
    z *= z;
    report_double(creal(z));
    return finish(0);
}
