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

static const char *chosen_block; /* the last one, whose size is no allocator's business */
static size_t chosen_size;

size_t __gnomon_object_size(const void *block) {
    if (block == chosen_block) return chosen_size;
    size_t (*size_of)(const void *) = real("libc.so.6", "malloc_usable_size");
    return size_of(block);
}

void __gnomon_exit_program(void) { __builtin_trap(); }
void __gnomon_assert_fails(void) { __builtin_trap(); }

/* A demand, and what the leak check is told: neither changes what a function does. */
void __gnomon_apart(const void *to, const void *from, size_t size) { (void)to, (void)from, (void)size; }
void __gnomon_keep(const void *object) { (void)object; }
void __gnomon_counted(const void *object) { (void)object; }
void __gnomon_answer(const void *object) { (void)object; }
void __gnomon_returned(const void *result, int failed, int is_set, int missing, int content, int slot) {
    (void)result, (void)failed, (void)is_set, (void)missing, (void)content, (void)slot;
}

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

long double __gnomon_parse_long_double(const char *text, size_t size) {
    long double (*parse)(const char *, char **) = real("libc.so.6", "strtold");
    char copy[512] = {0};
    __gnomon_copy(copy, text, size);
    return parse(copy, NULL);
}

size_t __gnomon_print_long_double(char *to, long double value, int conversion, int is_alternate, int precision) {
    int (*print)(char *, size_t, const char *, ...) = real("libc.so.6", "snprintf");
    char format[7] = "%#.*Lf";
    char *last = format + (is_alternate ? 5 : 4);
    if (!is_alternate) __gnomon_copy(format, "%.*L", 4);
    last[0] = (char)conversion, last[1] = 0;
    return (size_t)print(to, 5100, format, precision, __builtin_copysignl(value, 1.0L));
}

long double __gnomon_long_mathematics(const char *name, long double left, long double right) {
    char full[16] = {0};
    __gnomon_copy(full, name, __builtin_strlen(name));
    full[__builtin_strlen(name)] = 'l';
    long double (*function)(long double, long double) = real("libm.so.6", full);
    long double (*scale)(long double, int) = real("libm.so.6", "ldexpl");
    return name[0] == 'l' && name[1] == 'd' ? scale(left, (int)right) : function(left, right);
}

double __gnomon_mathematics(const char *name, double left, double right) {
    double (*function)(double, double) = real("libm.so.6", name);
    double (*scale)(double, int) = real("libm.so.6", "ldexp");
    return name[0] == 'l' && name[1] == 'd' ? scale(left, (int)right) : function(left, right);
}

/* What the program's world chooses is what a test chooses: numbers, and how many bytes it wrote to `to` (-1: no string).
   Nothing chosen may be what the model says cannot be. */
static long (*choose_number)(const char *name, long minimum, long maximum);
static long (*choose_text)(const char *kind, const char *name, char *to, size_t maximum);
static int refused_assumptions;

void set_world(long (*number)(const char *, long, long), long (*text)(const char *, const char *, char *, size_t)) {
    choose_number = number, choose_text = text;
    refused_assumptions = 0;
}
int assumptions_refused(void) { return refused_assumptions; }

void __gnomon_assume(int condition) { refused_assumptions += !condition; }

static long number(const char *name, long minimum, long maximum) {
    if (!choose_number) __builtin_trap();
    long chosen = choose_number(name, minimum, maximum);
    __gnomon_assume(minimum > maximum || (minimum <= chosen && chosen <= maximum));
    return chosen;
}
int __gnomon_choose_int(const char *name, int minimum, int maximum) { return (int)number(name, minimum, maximum); }
long __gnomon_choose_long(const char *name, long minimum, long maximum) { return number(name, minimum, maximum); }
unsigned __gnomon_choose_unsigned(const char *name, unsigned minimum, unsigned maximum) {
    return (unsigned)number(name, minimum, maximum);
}
double __gnomon_choose_double(const char *name) { return (double)number(name, 1, 0) / 0x1p48; }

static char *text(const char *kind, const char *name, size_t maximum) {
    if (!choose_text) __builtin_trap();
    char *block = __libc_calloc(1, maximum + 1);
    long size = choose_text(kind, name, block, maximum);
    if (size < 0) return NULL;
    chosen_block = block, chosen_size = (size_t)size;
    return block;
}
#define CHOICE(kind)                                                                           \
    char *__gnomon_choose_##kind(const char *name, const char *subject, size_t maximum) {      \
        (void)subject;                                                                         \
        return text(#kind, name, maximum);                                                     \
    }
CHOICE(string)
CHOICE(string_or_null)
CHOICE(line)
CHOICE(word)
CHOICE(block)
CHOICE(bytes)

/* What nobody may depend on: nothing that is compared here does. */
void __gnomon_forget(void *bytes) { (void)bytes; }
long __gnomon_unknown(void) { return 0x5a5a5a5a; }

/* Nothing that is compared here comes to it. */
unsigned long __gnomon_choose_unsigned_long(const char *name, unsigned long minimum, unsigned long maximum) {
    (void)name, (void)minimum, (void)maximum;
    __builtin_trap();
}
