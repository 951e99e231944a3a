/* qsort and bsearch of <stdlib.h>. */
#include <stdlib.h>

#include "gnomon.h"

/* Stable, as the merge sort of glibc is. */
void qsort(void* elements, size_t count, size_t size, int (*compare)(const void*, const void*)) {
    if (count < 2 || size == 0) return;
    char* first = elements;
    char* held = __gnomon_allocate(size);
    for (size_t i = 1; i < count; ++i) {
        size_t place = i;
        __gnomon_copy(held, first + i * size, size);
        while (place > 0 && compare(first + (place - 1) * size, held) > 0) --place;
        __gnomon_copy(first + (place + 1) * size, first + place * size, (i - place) * size);
        __gnomon_copy(first + place * size, held, size);
    }
    __gnomon_release(held);
}

void* bsearch(const void* wanted, const void* elements, size_t count, size_t size,
              int (*compare)(const void*, const void*)) {
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const char* at = (const char*)elements + middle * size;
        int order = compare(wanted, at);
        if (order == 0) return (void*)at;
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return NULL;
}
