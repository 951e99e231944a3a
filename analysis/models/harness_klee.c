/* The primitives of KLEE's harnesses (klee/klee.h). */
#include <stdint.h>

#include "gnomon.h"

void klee_make_symbolic(void* bytes, size_t size, const char* name) {
    __gnomon_copy(bytes, __gnomon_choose_bytes("%s", name, size), size);
}

void klee_assume(uintptr_t condition) { __gnomon_assume(condition != 0); }

void klee_silent_exit(int status) {
    (void)status;
    for (;;) __gnomon_exit_program();
}

void klee_report_error(const char* file, int line, const char* message, const char* suffix) {
    (void)file, (void)line, (void)message, (void)suffix;
    for (;;) __gnomon_assert_fails();
}

void klee_abort(void) {
    for (;;) __gnomon_assert_fails();
}

int klee_int(const char* name) {
    int chosen;
    klee_make_symbolic(&chosen, sizeof chosen, name);
    return chosen;
}

int klee_range(int begin, int end, const char* name) {
    int chosen = klee_int(name);
    __gnomon_assume(begin <= chosen && chosen < end);
    return chosen;
}

unsigned klee_is_symbolic(uintptr_t value) {
    (void)value;
    return 0;
}

/* One value of the many: all are tried anyway. */
long klee_get_valuel(long value) { return value; }
int32_t klee_get_value_i32(int32_t value) { return value; }
int64_t klee_get_value_i64(int64_t value) { return value; }

void klee_prefer_cex(void* object, uintptr_t condition) { (void)object, (void)condition; }
void klee_warning(const char* message) { (void)message; }
void klee_warning_once(const char* message) { (void)message; }
