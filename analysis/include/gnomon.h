/* What a program tells Gnomon of itself. Compilers see nothing of it, in C and in C++; what stands in parentheses is not
   evaluated there.

   GNOMON_ASSERT(condition): holds whenever control comes by. Besides plain C, the condition may ask
       is_a(pointer, "type")  does it point to a `type` that is there: an element of an array, a member, a heap block?
       defined(value)         was the number or pointer, or all that it was computed from, ever set?
       tainted(value)         does the number or pointer come from outside the program?
   GNOMON_ASSUME(condition): nothing is looked for beyond, where it does not hold.
   GNOMON_ENTRY before a function's definition: it may be called with anything that its types allow. */
#ifndef GNOMON_H
#define GNOMON_H

#if defined(__GNOMON__) && !defined(__cplusplus)

/* Names of types, so that the program's own names stay its own: inside the parentheses, variables of these types stand
   for the questions. */
typedef int (*__gnomon_is_a)(const volatile void *, const char *);
#if defined(__STDC_VERSION__) && __STDC_VERSION__ >= 202311L
typedef int (*__gnomon_defined)(...);
typedef int (*__gnomon_tainted)(...);
#else
typedef int (*__gnomon_defined)();
typedef int (*__gnomon_tainted)();
#endif

void __gnomon_assert_fails(void);
void __gnomon_assume(int);

#define GNOMON_QUESTIONS      \
    __gnomon_is_a is_a;       \
    __gnomon_defined defined; \
    __gnomon_tainted tainted;
#define GNOMON_ASSERT(condition)                     \
    __extension__({                                  \
        GNOMON_QUESTIONS                             \
        if (!(condition)) __gnomon_assert_fails();   \
    })
#define GNOMON_ASSUME(condition)               \
    __extension__({                            \
        GNOMON_QUESTIONS                       \
        if (!(condition)) __gnomon_assume(0);  \
    })
#define GNOMON_ENTRY __attribute__((annotate("gnomon entry")))

#else

#define GNOMON_ASSERT(condition) ((void)0)
#define GNOMON_ASSUME(condition) ((void)0)
#define GNOMON_ENTRY

#endif

#endif
