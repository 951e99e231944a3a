/* What only the engine can do: the primitives that models of library functions are written with. */
#pragma once

#include <stddef.h>

void* __gnomon_allocate(size_t size);      /* a new heap object of undefined bytes; never null */
void* __gnomon_allocate_zero(size_t size); /* of zeros */
void __gnomon_release(void* object);       /* null: nothing happens */
size_t __gnomon_object_size(const void* object);
void* __gnomon_new_opaque(void);  /* a foreign object that nobody may look into */
void __gnomon_exit_program(void); /* the run ends well */
void __gnomon_assert_fails(void);
void __gnomon_touch(const void* bytes, size_t size); /* reads them */
size_t __gnomon_string_length(const char* text);     /* of an input; (size_t)-1: count */
int __gnomon_reads_decimal(const char* text);        /* may the next one stand for what is written there? */
long __gnomon_decimal(const char* text);             /* any number, as a whole */
void __gnomon_apart(const void* to, const void* from, size_t size); /* they must not overlap */
void __gnomon_keep(const void* object);                             /* somebody outside the program remembers it */

/* Objects of Python: blocks that begin with a reference count. */
void __gnomon_typed(const void* object);   /* it is what the pointer is declared to point to */
void __gnomon_counted(const void* object); /* it is one from now on, and the user's call that runs answers for it */
void __gnomon_shared(const void* object, int condition); /* where it holds, a reference to it cannot be lost */
void __gnomon_answer(const void* object);                /* so does this one, if until now nobody of the user's did */
/* What a function gave to Python, when that looks at it: is it a failure, is an exception set, of how many references
   did it give more than it had, some number that is made of what its letters or bytes are, and of a
   slot what is wrong with it, as shadows/slot.py numbers it. */
void __gnomon_returned(const void* result, int failed, int is_set, int missing, int content, int slot);

void __gnomon_copy(void* to, const void* from, size_t size); /* may overlap */
void __gnomon_fill(void* to, int byte, size_t size);

void __gnomon_not_modelled(const char* what); /* the path ends there, for that reason: a literal */
long __gnomon_unknown(void);                  /* a result that nobody may depend on */
void __gnomon_forget(void* bytes);            /* from there on, nobody may depend on what the object holds */

/* Numbers as text, and text as numbers, correctly rounded; functions of mathematics, by the name of the real one. */
size_t __gnomon_print_double(char* to, double value, int conversion, int is_alternate, int precision); /* unsigned */
double __gnomon_parse_double(const char* text, size_t size);
double __gnomon_mathematics(const char* name, double left, double right);
size_t __gnomon_print_long_double(char* to, long double value, int conversion, int is_alternate, int precision);
long double __gnomon_parse_long_double(const char* text, size_t size);
long double __gnomon_long_mathematics(const char* name, long double left, long double right);

/* What the program's world chooses: inputs, which stand in the witness by their name, a literal. Bounds are constants;
   minimum > maximum means any value of the type. */
void __gnomon_assume(int condition); /* where it is zero, the run ends well: nothing chooses so */
int __gnomon_choose_int(const char* name, int minimum, int maximum);
unsigned __gnomon_choose_unsigned(const char* name, unsigned minimum, unsigned maximum);
long __gnomon_choose_long(const char* name, long minimum, long maximum);
unsigned long __gnomon_choose_unsigned_long(const char* name, unsigned long minimum, unsigned long maximum);
double __gnomon_choose_double(const char* name);

/* Chosen bytes, in a new object. "%s" in the name stands for `subject`, where that is a literal. */
char* __gnomon_choose_string(const char* name, const char* subject, size_t maximum); /* with its NUL */
char* __gnomon_choose_string_or_null(const char* name, const char* subject, size_t maximum);
char* __gnomon_choose_line(const char* name, const char* subject, size_t maximum);  /* a string without newline */
char* __gnomon_choose_word(const char* name, const char* subject, size_t maximum);  /* without white space */
char* __gnomon_choose_block(const char* name, const char* subject, size_t maximum); /* object_size says how many */
char* __gnomon_choose_bytes(const char* name, const char* subject, size_t size);    /* so many */

/* For the models of Python's C API. */
void* __gnomon_later(void* (*become)(void* object, long number), long number); /* what it gives, at its first use */
void* __gnomon_later_on(void* object, void* (*become)(void* object, long number), long number); /* at the first use of
    what is not there yet: beyond its size */
int __gnomon_is_later(const void* object);       /* nobody has used it yet */
unsigned long __gnomon_references(const void* holder, const void* block); /* pointers to it that are in the holder; none
    where the user's code has others in its blocks */
void __gnomon_resize(void* object, size_t size); /* of a block; new bytes are zero */

/* As above, but `number` says which one of the inputs of its place it is, whatever was chosen before. */
int __gnomon_choose_int_as(long number, const char* name, int minimum, int maximum);
long __gnomon_choose_long_as(long number, const char* name, long minimum, long maximum);
double __gnomon_choose_double_as(long number, const char* name);
char* __gnomon_choose_string_as(long number, const char* name, const char* subject, size_t maximum);
char* __gnomon_choose_ascii_as(long number, const char* name, const char* subject, size_t maximum); /* a block */
char* __gnomon_choose_block_as(long number, const char* name, const char* subject, size_t maximum);
