/* The names that fortified headers give to functions: with the size that the compiler knows of the target. Where it is
   too small the real ones end the program; the plain ones write out of bounds, which is what the user wants to hear. */
#define _GNU_SOURCE
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void* __memcpy_chk(void* to, const void* from, size_t size, size_t room) {
    (void)room;
    return memcpy(to, from, size);
}

void* __memmove_chk(void* to, const void* from, size_t size, size_t room) {
    (void)room;
    return memmove(to, from, size);
}

void* __mempcpy_chk(void* to, const void* from, size_t size, size_t room) {
    (void)room;
    return mempcpy(to, from, size);
}

void* __memset_chk(void* to, int byte, size_t size, size_t room) {
    (void)room;
    return memset(to, byte, size);
}

char* __strcpy_chk(char* to, const char* from, size_t room) {
    (void)room;
    return strcpy(to, from);
}

char* __stpcpy_chk(char* to, const char* from, size_t room) {
    (void)room;
    return stpcpy(to, from);
}

char* __strncpy_chk(char* to, const char* from, size_t size, size_t room) {
    (void)room;
    return strncpy(to, from, size);
}

char* __strcat_chk(char* to, const char* from, size_t room) {
    (void)room;
    return strcat(to, from);
}

char* __strncat_chk(char* to, const char* from, size_t size, size_t room) {
    (void)room;
    return strncat(to, from, size);
}

char* __fgets_chk(char* buffer, size_t room, int size, FILE* stream) {
    (void)room;
    return fgets(buffer, size, stream);
}

int __vsnprintf_chk(char* buffer, size_t size, int flag, size_t room, const char* format, va_list list) {
    (void)flag, (void)room;
    return vsnprintf(buffer, size, format, list);
}

int __vsprintf_chk(char* buffer, int flag, size_t room, const char* format, va_list list) {
    (void)flag, (void)room;
    return vsprintf(buffer, format, list);
}

int __snprintf_chk(char* buffer, size_t size, int flag, size_t room, const char* format, ...) {
    (void)flag, (void)room;
    va_list list;
    va_start(list, format);
    int length = vsnprintf(buffer, size, format, list);
    va_end(list);
    return length;
}

int __sprintf_chk(char* buffer, int flag, size_t room, const char* format, ...) {
    (void)flag, (void)room;
    va_list list;
    va_start(list, format);
    int length = vsprintf(buffer, format, list);
    va_end(list);
    return length;
}
