/* Atomic operations, as one thread sees them. */
#include <stdatomic.h>
#include <stdbool.h>

#include "report.h"

static atomic_int counter = 3;
static _Atomic unsigned char small = 250;
static atomic_flag lock = ATOMIC_FLAG_INIT;
static int plain = 10;
static long wide = 5;
static char narrow = 'a';
static int list[3] = {1, 2, 3};
static int *_Atomic where = list;
static atomic_bool ready;

static void standard(void) {
    report(atomic_load(&counter));
    atomic_store(&counter, 8);
    report(atomic_fetch_add(&counter, 5));
    report(atomic_fetch_sub_explicit(&counter, 1, memory_order_relaxed));
    report(atomic_fetch_or(&counter, 16));
    report(atomic_fetch_and(&counter, 0xfe));
    report(atomic_fetch_xor(&counter, 3));
    report(atomic_exchange(&counter, 42));
    int expected_value = 41;
    report(atomic_compare_exchange_strong(&counter, &expected_value, 50));
    report(expected_value);
    report(atomic_compare_exchange_strong(&counter, &expected_value, 50));
    report(counter);
    counter++;
    counter += 4;
    report(--counter);
    small += 10;
    report(small);
    small = small * 3;
    report(small++);
    report(atomic_flag_test_and_set(&lock));
    report(atomic_flag_test_and_set(&lock));
    atomic_flag_clear(&lock);
    report(atomic_flag_test_and_set(&lock));
    atomic_init(&ready, true);
    report(ready);
    atomic_thread_fence(memory_order_seq_cst);
    atomic_signal_fence(memory_order_acquire);
    where++;
    report(*where);
    report(*atomic_load(&where));
    report(atomic_is_lock_free(&counter));
    _Atomic int local = 2;
    local *= 6;
    report(local);
}

static void gnu(void) {
    report(__atomic_load_n(&plain, __ATOMIC_ACQUIRE));
    __atomic_store_n(&plain, 20, __ATOMIC_RELEASE);
    report(__atomic_fetch_add(&plain, 2, __ATOMIC_SEQ_CST));
    report(__atomic_add_fetch(&plain, 2, __ATOMIC_SEQ_CST));
    report(__atomic_sub_fetch(&wide, 7, __ATOMIC_SEQ_CST));
    report(__atomic_fetch_nand(&plain, 6, __ATOMIC_SEQ_CST));
    report(__atomic_and_fetch(&plain, 0xff, __ATOMIC_SEQ_CST));
    report(__atomic_or_fetch(&plain, 0x100, __ATOMIC_SEQ_CST));
    report(__atomic_xor_fetch(&plain, 1, __ATOMIC_SEQ_CST));
    report(__atomic_exchange_n(&narrow, 'z', __ATOMIC_SEQ_CST));
    int old = 1, next = 99, out;
    report(__atomic_compare_exchange_n(&plain, &old, 7, false, __ATOMIC_SEQ_CST, __ATOMIC_RELAXED));
    report(old);
    report(__atomic_compare_exchange(&plain, &old, &next, false, __ATOMIC_SEQ_CST, __ATOMIC_RELAXED));
    __atomic_load(&plain, &out, __ATOMIC_SEQ_CST);
    report(out);
    __atomic_store(&plain, &old, __ATOMIC_SEQ_CST);
    __atomic_exchange(&plain, &next, &out, __ATOMIC_SEQ_CST);
    report(out);
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
    narrow = 0;
    report(__atomic_test_and_set(&narrow, __ATOMIC_SEQ_CST));
    __atomic_clear(&narrow, __ATOMIC_SEQ_CST);
    report(narrow);
}

static void old_style(void) {
    report(__sync_fetch_and_add(&plain, 3));
    report(__sync_sub_and_fetch(&plain, 1));
    report(__sync_fetch_and_or(&plain, 0x200));
    report(__sync_and_and_fetch(&plain, 0xff));
    report(__sync_xor_and_fetch(&plain, 0xf));
    report(__sync_bool_compare_and_swap(&plain, plain, 1));
    report(__sync_val_compare_and_swap(&plain, 2, 5));
    report(__sync_lock_test_and_set(&plain, 6));
    __sync_lock_release(&plain);
    __sync_synchronize();
    report(plain);
    report(__sync_add_and_fetch(&wide, 1l << 33));
}

int main(void) {
    standard();
    gnu();
    old_style();
    return finish(0);
}
