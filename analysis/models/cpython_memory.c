/* Memory that C code asks Python for. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "cpython.h"

static void* allocate(size_t size) {
    if (size > (size_t)PY_SSIZE_T_MAX || gnomon_allocation_fails()) return NULL;
    return __gnomon_allocate(size ? size : 1);
}

static void* allocate_zero(size_t count, size_t size) {
    if ((size && count > (size_t)PY_SSIZE_T_MAX / size) || gnomon_allocation_fails()) return NULL;
    return __gnomon_allocate_zero(count && size ? count * size : 1);
}

static void* reallocate(void* block, size_t size) {
    if (size > (size_t)PY_SSIZE_T_MAX || gnomon_allocation_fails()) return NULL;
    void* moved = __gnomon_allocate(size ? size : 1);
    if (!block) return moved;
    size_t old_size = __gnomon_object_size(block);
    __gnomon_copy(moved, block, old_size < size ? old_size : size);
    __gnomon_release(block);
    return moved;
}

void* PyMem_Malloc(size_t size) { return allocate(size); }
void* PyMem_Calloc(size_t count, size_t size) { return allocate_zero(count, size); }
void* PyMem_Realloc(void* block, size_t size) { return reallocate(block, size); }
void PyMem_Free(void* block) { __gnomon_release(block); }

void* PyMem_RawMalloc(size_t size) { return allocate(size); }
void* PyMem_RawCalloc(size_t count, size_t size) { return allocate_zero(count, size); }
void* PyMem_RawRealloc(void* block, size_t size) { return reallocate(block, size); }
void PyMem_RawFree(void* block) { __gnomon_release(block); }

void* PyObject_Malloc(size_t size) { return allocate(size); }
void* PyObject_Calloc(size_t count, size_t size) { return allocate_zero(count, size); }
void* PyObject_Realloc(void* block, size_t size) { return reallocate(block, size); }
void PyObject_Free(void* block) { gnomon_memory_goes(block); }
