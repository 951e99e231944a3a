/* The engine's primitives on real memory, so that the models can be run as native code beside the library they model. */
#include <malloc.h>
#include <stddef.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void __libc_free(void *block);

void *__gnomon_allocate(size_t size) { return __libc_malloc(size); }
void *__gnomon_allocate_zero(size_t size) { return __libc_calloc(1, size); }
void __gnomon_release(void *block) { __libc_free(block); }
size_t __gnomon_object_size(const void *block) { return malloc_usable_size((void *)block); }
void __gnomon_exit_program(void) { __builtin_trap(); }
void __gnomon_assert_fails(void) { __builtin_trap(); }

void __gnomon_touch(const void *bytes, size_t size) {
    for (size_t i = 0; i < size; ++i) (void)((const volatile char *)bytes)[i];
}

void __gnomon_copy(void *to, const void *from, size_t size) {
    volatile char *target = to;
    const volatile char *source = from;
    if (to <= from) {
        for (size_t i = 0; i < size; ++i) target[i] = source[i];
    } else {
        while (size--) target[size] = source[size];
    }
}

void __gnomon_fill(void *to, int byte, size_t size) {
    for (size_t i = 0; i < size; ++i) ((volatile char *)to)[i] = (char)byte;
}

size_t __gnomon_string_length(const char *text) {
    (void)text;
    return (size_t)-1;
}
