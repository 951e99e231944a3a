/* The engine's primitives on real memory, so that the models can be run as native code beside the library they model. */
#include <dlfcn.h>
#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void __libc_free(void *block);

void *__gnomon_allocate(size_t size) { return __libc_malloc(size); }
void *__gnomon_allocate_zero(size_t size) { return __libc_calloc(1, size); }
void __gnomon_release(void *block) { __libc_free(block); }

/* The libraries' own functions, not the models of these names. */
static void *real(const char *library, const char *name) { return dlsym(dlopen(library, RTLD_LAZY), name); }

size_t __gnomon_object_size(const void *block) {
    size_t (*size_of)(const void *) = real("libc.so.6", "malloc_usable_size");
    return size_of(block);
}

void __gnomon_exit_program(void) { __builtin_trap(); }
void __gnomon_assert_fails(void) { __builtin_trap(); }

/* A demand, and what the leak check is told: neither changes what a function does. */
void __gnomon_apart(const void *to, const void *from, size_t size) { (void)to, (void)from, (void)size; }
void __gnomon_keep(const void *object) { (void)object; }

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

int __gnomon_reads_decimal(const char *text) {
    (void)text;
    return 0;
}

long __gnomon_decimal(const char *text) {
    (void)text;
    __builtin_trap();
}

void __gnomon_not_modelled(const char *what) {
    (void)what;
    __builtin_trap();
}

double __gnomon_parse_double(const char *text, size_t size) {
    double (*parse)(const char *, char **) = real("libc.so.6", "strtod");
    char copy[512] = {0};
    __gnomon_copy(copy, text, size);
    return parse(copy, NULL);
}

size_t __gnomon_print_double(char *to, double value, int conversion, int is_alternate, int precision) {
    int (*print)(char *, size_t, const char *, ...) = real("libc.so.6", "snprintf");
    char format[6] = "%#.*f";
    char *last = format + (is_alternate ? 4 : 3);
    if (!is_alternate) format[1] = '.', format[2] = '*';
    last[0] = (char)conversion, last[1] = 0;
    return (size_t)print(to, 512, format, precision, __builtin_copysign(value, 1.0));
}

double __gnomon_mathematics(const char *name, double left, double right) {
    double (*function)(double, double) = real("libm.so.6", name);
    double (*scale)(double, int) = real("libm.so.6", "ldexp");
    return name[0] == 'l' && name[1] == 'd' ? scale(left, (int)right) : function(left, right);
}

/* What only an exploration gives: nothing that is compared here comes to it. */
#define NOT_HERE(signature) \
    signature { __builtin_trap(); }
NOT_HERE(void __gnomon_assume(int condition))
NOT_HERE(void __gnomon_forget(void *bytes))
NOT_HERE(long __gnomon_unknown(void))
NOT_HERE(int __gnomon_choose_int(const char *name, int minimum, int maximum))
NOT_HERE(unsigned __gnomon_choose_unsigned(const char *name, unsigned minimum, unsigned maximum))
NOT_HERE(long __gnomon_choose_long(const char *name, long minimum, long maximum))
NOT_HERE(unsigned long __gnomon_choose_unsigned_long(const char *name, unsigned long minimum, unsigned long maximum))
NOT_HERE(double __gnomon_choose_double(const char *name))
NOT_HERE(char *__gnomon_choose_string(const char *name, const char *subject, size_t maximum))
NOT_HERE(char *__gnomon_choose_line(const char *name, const char *subject, size_t maximum))
NOT_HERE(char *__gnomon_choose_word(const char *name, const char *subject, size_t maximum))
NOT_HERE(char *__gnomon_choose_bytes(const char *name, const char *subject, size_t size))
