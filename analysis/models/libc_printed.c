/* What printf and its like do besides printing: they read the strings that they are given, and %n writes. The frontend
   calls these before them, where their format is a literal. */
#include <stdint.h>
#include <string.h>

#include "gnomon.h"

/* At most `most` letters of it; of a null pointer, glibc prints a word. */
void __gnomon_print_text(const char* text, size_t most) {
    if (text) (void)(most > PTRDIFF_MAX ? strlen(text) : strnlen(text, most));
}

void __gnomon_print_count(void* to, size_t size) {
    long count = __gnomon_unknown();
    switch (size) {
        case 1:
            *(signed char*)to = (signed char)count;
            break;
        case 2:
            *(short*)to = (short)count;
            break;
        case 4:
            *(int*)to = (int)count;
            break;
        default:
            *(long*)to = count;
    }
}
