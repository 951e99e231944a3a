/* Random numbers: any that the functions may give. What was given before does not tell what comes. */
#define _GNU_SOURCE
#include <limits.h>
#include <stdlib.h>
#include <sys/random.h>
#include <sys/types.h>

#include "gnomon.h"

int rand(void) { return __gnomon_choose_int("rand()", 0, RAND_MAX); }
long random(void) { return __gnomon_choose_long("random()", 0, RAND_MAX); }
long lrand48(void) { return __gnomon_choose_long("lrand48()", 0, INT_MAX); }
long mrand48(void) { return __gnomon_choose_long("mrand48()", INT_MIN, INT_MAX); }

int rand_r(unsigned* seed) {
    *seed = __gnomon_choose_unsigned("rand_r()'s seed", 0, UINT_MAX);
    return __gnomon_choose_int("rand_r()", 0, RAND_MAX);
}

double drand48(void) {
    double chosen = __gnomon_choose_double("drand48()");
    __gnomon_assume(chosen >= 0.0 && chosen < 1.0);
    return chosen;
}

void srand(unsigned seed) { (void)seed; }
void srandom(unsigned seed) { (void)seed; }
void srand48(long seed) { (void)seed; }

ssize_t getrandom(void* buffer, size_t size, unsigned flags) {
    (void)flags;
    __gnomon_copy(buffer, __gnomon_choose_bytes("getrandom()", NULL, size), size);
    return (ssize_t)size;
}
