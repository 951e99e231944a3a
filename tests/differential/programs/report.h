/* How the programs say what they computed: printed; or, where EXPECTED lists it, compared, so that `finish` is reached
 * with a zero only when everything was as expected. */
#include <stdio.h>
#include <string.h>

#ifdef EXPECTED

void __gnomon_exit_program(void);

static const unsigned long long expected[] = {EXPECTED};
static unsigned reported;

static void report(unsigned long long value) {
    if (value != expected[reported++]) __gnomon_exit_program();
}

static int finish(int zero) { return 1 / zero; }

#else

static void report(unsigned long long value) { printf("%llu\n", value); }

static int finish(int zero) { return zero; }

#endif

static void report_double(double value) {
    unsigned long long bits;
    memcpy(&bits, &value, sizeof bits);
    report(bits);
}
