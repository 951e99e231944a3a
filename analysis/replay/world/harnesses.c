/* The primitives of KLEE, CBMC and SV-COMP. What they assume was true of the witness. */
void __wrap_klee_make_symbolic(void* bytes, size_t size, const char* name) {
    const struct replay_answer* answer = replay_next_answer(name);
    if (answer) memcpy(bytes, answer->bytes, (size_t)answer->number < size ? (size_t)answer->number : size);
}

int __wrap_klee_int(const char* name) {
    int chosen = 0;
    __wrap_klee_make_symbolic(&chosen, sizeof chosen, name);
    return chosen;
}

int __wrap_klee_range(int begin, int end, const char* name) {
    (void)end;
    int chosen = begin;
    __wrap_klee_make_symbolic(&chosen, sizeof chosen, name);
    return chosen;
}

static void replay_fail(const char* what) {
    replay_report("assert.fails", what);
    _exit(1);
}

void __wrap_klee_assume(unsigned long condition) { (void)condition; }
void __wrap___VERIFIER_assume(int condition) { (void)condition; }
void __wrap___CPROVER_assume(_Bool condition) { (void)condition; }

void __wrap___CPROVER_assert(_Bool condition, const char* description) {
    if (!condition) replay_fail(description);
}

void __wrap___VERIFIER_assert(int condition) {
    if (!condition) replay_fail("__VERIFIER_assert");
}

void __wrap___VERIFIER_error(void) { replay_fail("__VERIFIER_error"); }
void __wrap_reach_error(void) { replay_fail("reach_error"); }
void __wrap_klee_abort(void) { replay_fail("klee_abort"); }

void __wrap_klee_report_error(const char* file, int line, const char* message, const char* suffix) {
    (void)file, (void)line, (void)suffix;
    replay_fail(message);
}
