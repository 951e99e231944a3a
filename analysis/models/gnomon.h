/* What only the engine can do: the primitives that models of library functions are written with. */
#pragma once

#include <stddef.h>

void *__gnomon_allocate(size_t size);      /* a new heap object of undefined bytes; never null */
void *__gnomon_allocate_zero(size_t size); /* of zeros */
void __gnomon_release(void *object);       /* null: nothing happens */
size_t __gnomon_object_size(const void *object);
void *__gnomon_new_opaque(void);           /* a foreign object that nobody may look into */
void __gnomon_exit_program(void);          /* the run ends well */
void __gnomon_assert_fails(void);
void __gnomon_touch(const void *bytes, size_t size); /* reads them */
size_t __gnomon_string_length(const char *text);     /* of an input; (size_t)-1: count */
void __gnomon_copy(void *to, const void *from, size_t size); /* may overlap */
void __gnomon_fill(void *to, int byte, size_t size);
