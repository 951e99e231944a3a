/* Harnesses of other tools. */
#include <assert.h>
#include <stddef.h>

void klee_make_symbolic(void *bytes, size_t size, const char *name);
void klee_assume(unsigned long condition);
int klee_range(int begin, int end, const char *name);
int nondet_int(void);
unsigned char __VERIFIER_nondet_uchar(void);
void __VERIFIER_assume(int condition);
void __CPROVER_assume(_Bool condition);
void __CPROVER_assert(_Bool condition, const char *description);
void reach_error(void);

static int table[10];

int klee_entry(void) {
    int i;
    klee_make_symbolic(&i, sizeof i, "i");
    klee_assume(i >= 0);
    klee_assume(i <= 10);
    return table[i];  //~ error[bounds.read]: i =
}

int klee_entry_assumed(void) {
    int i;
    klee_make_symbolic(&i, sizeof i, "i");
    klee_assume(i >= 0 && i < 10);
    return table[i];
}

int klee_in_range(void) { return table[klee_range(0, 10, "i")]; }

int any_number(void) {
    int n = nondet_int();
    __CPROVER_assume(n > 5);
    __CPROVER_assert(n != 7, "n is not seven");  //~ error[assert.fails]: nondet_int() = 7
    return n;
}

int small_number(void) {
    unsigned char n = __VERIFIER_nondet_uchar();
    __VERIFIER_assume(n < 10);
    if (table[n] != 0) reach_error();
    return n;
}

int reached(void) {
    if (nondet_int() == 3) reach_error();  //~ error[assert.fails]: nondet_int() = 3
    return 0;
}

int asserted(int n) {
    assert(n != 4);  //~ error[assert.fails]: n = 4
    return n;
}

int asserted_rightly(int n) {
    if (n == 4) return 0;
    assert(n != 4);
    return n;
}
