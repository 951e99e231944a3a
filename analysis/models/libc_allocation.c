/* Allocation. It succeeds unless more is wanted than any object may have, or one may fail. */
#define _GNU_SOURCE
#include <errno.h>
#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>

#include "allocation_failures.h"
#include "gnomon.h"

#if !defined GNOMON_ALLOCATION_FAILURES && !defined GNOMON_OF_PYTHON
static inline int fails(void) { return 0; }
#else
static int fails(void) {
    if (!gnomon_may_allocation_fail() || !__gnomon_choose_int("allocation fails", 0, 1)) return 0;
    gnomon_let_allocation_fail(0);
    return 1;
}
#endif

static void* out_of_memory(void) {
    errno = ENOMEM;
    return NULL;
}

void* malloc(size_t size) {
    if (size > PTRDIFF_MAX || fails()) return out_of_memory();
    return __gnomon_allocate(size);
}

void* calloc(size_t count, size_t size) {
    if ((size && count > PTRDIFF_MAX / size) || fails()) return out_of_memory();
    return __gnomon_allocate_zero(count * size);
}

void free(void* block) { __gnomon_release(block); }

void* realloc(void* block, size_t size) {
    if (!block) return malloc(size);
    if (!size) {
        __gnomon_release(block);
        return NULL;
    }
    if (size > PTRDIFF_MAX || fails()) return out_of_memory();
    void* moved = __gnomon_allocate(size);
    size_t old_size = __gnomon_object_size(block);
    __gnomon_copy(moved, block, old_size < size ? old_size : size);
    __gnomon_release(block);
    return moved;
}

void* reallocarray(void* block, size_t count, size_t size) {
    if (size && count > SIZE_MAX / size) return out_of_memory();
    return realloc(block, count * size);
}

/* Addresses have no numbers here: of alignment nothing is left but what makes the calls fail. */
static int is_power_of_two(size_t number) { return number != 0 && (number & (number - 1)) == 0; }

void* aligned_alloc(size_t alignment, size_t size) {
    if (!is_power_of_two(alignment)) {
        errno = EINVAL;
        return NULL;
    }
    return malloc(size);
}

void* memalign(size_t alignment, size_t size) { return aligned_alloc(alignment, size); }

int posix_memalign(void** result, size_t alignment, size_t size) {
    if (!is_power_of_two(alignment) || alignment % sizeof(void*) != 0) return EINVAL;
    void* block = malloc(size);
    if (!block) return ENOMEM;
    *result = block;
    return 0;
}

size_t malloc_usable_size(void* block) { return block ? __gnomon_object_size(block) : 0; }
