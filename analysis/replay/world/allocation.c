/* <stdlib.h>: allocations that fail. Those of the driver itself do not count. */
static int replay_is_begun;

static int replay_allocation_fails(void) { return replay_is_begun && replay_is_chosen("allocation fails", ENOMEM); }

void* __real_malloc(size_t size);
void* __real_calloc(size_t count, size_t size);
void* __real_realloc(void* block, size_t size);
void* __real_aligned_alloc(size_t alignment, size_t size);
int __real_posix_memalign(void** result, size_t alignment, size_t size);
char* __real_strdup(const char* text);
char* __real_strndup(const char* text, size_t size);

void* __wrap_malloc(size_t size) { return replay_allocation_fails() ? NULL : __real_malloc(size); }
void* __wrap_calloc(size_t count, size_t size) { return replay_allocation_fails() ? NULL : __real_calloc(count, size); }

void* __wrap_realloc(void* block, size_t size) {
    return (!block || size) && replay_allocation_fails() ? NULL : __real_realloc(block, size);
}

void* __wrap_reallocarray(void* block, size_t count, size_t size) { return __wrap_realloc(block, count * size); }

void* __wrap_aligned_alloc(size_t alignment, size_t size) {
    return replay_allocation_fails() ? NULL : __real_aligned_alloc(alignment, size);
}

int __wrap_posix_memalign(void** result, size_t alignment, size_t size) {
    return replay_allocation_fails() ? ENOMEM : __real_posix_memalign(result, alignment, size);
}

char* __wrap_strdup(const char* text) { return replay_allocation_fails() ? NULL : __real_strdup(text); }
char* __wrap_strndup(const char* text, size_t size) {
    return replay_allocation_fails() ? NULL : __real_strndup(text, size);
}
