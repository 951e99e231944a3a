/* The primitives of CBMC's and of SV-COMP's harnesses. What gives any value (`nondet_int`, `__VERIFIER_nondet_char`,
   ...) needs no model: a declaration is enough. */
#include "gnomon.h"

void __CPROVER_assume(_Bool condition) { __gnomon_assume(condition); }

void __CPROVER_assert(_Bool condition, const char* description) {
    (void)description;
    if (!condition) __gnomon_assert_fails();
}

void __VERIFIER_assume(int condition) { __gnomon_assume(condition != 0); }

void __VERIFIER_assert(int condition) {
    if (!condition) __gnomon_assert_fails();
}

void __VERIFIER_error(void) {
    for (;;) __gnomon_assert_fails();
}

void reach_error(void) {
    for (;;) __gnomon_assert_fails();
}
