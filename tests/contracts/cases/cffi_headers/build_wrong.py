import cffi

builder = cffi.FFI()
builder.set_source(
    "_wrong",
    """
    #include "lib.h"
    static int own(int a, int b) { return a + b; }
    """,
    include_dirs=["include"],
)
builder.cdef("""
    #define LIMIT 5  //~ error[contract.layout]: `LIMIT` is 5, and 6 in C
    #define MASK 8  //~ error[contract.layout]: `MASK` is 8, and 16 in C
    enum color { RED, GREEN, BLUE };  //~ error[contract.layout]: `GREEN` is 1, and 5 in C
    //~^ error[contract.layout]: `BLUE` is 2, and 6 in C
    struct sample { long value; uint32_t tick; };  //~ error[contract.layout]: field `value` of `sample` has 8 bytes, and 4 in C
    struct spread { double weight; char kind; };  //~ error[contract.layout]: field `weight` of `spread` is at byte 0, and at byte 8 in C
    typedef struct { short kind; double weight; int more; } item;  //~ error[contract.layout]: `item` has no field `more` in C
    struct more { int first; int second; };  //~ error[contract.layout]: `more` has 8 bytes, and 12 in C
    typedef struct queue queue;
    int level(struct sample *s);  //~ error[contract.argtypes]: `level` is declared with 1 parameter, and the function takes 2
    int length(char *text);  //~ error[contract.restype]: result of `length`: `int` has 32 bits, and `size_t` has 64
    int nothing(void);  //~ error[contract.restype]: the function returns nothing
    int make(int size);  //~ error[contract.restype]: `int` is an integer of 32 bits, and `queue *` is a pointer of 64
    int cut(long value);  //~ warning[contract.argtypes]: argument 1 `value` of `cut`: `long` has 64 bits, and `short` has 16
    void each(int (*f)(int), void *context);  //~ error[contract.callback]: the function pointed to takes 1, and C calls it with 2
    int fill(long *numbers, size_t count);  //~ error[contract.argtypes]: points to values of 8 bytes
    int own(int a);  //~ error[contract.argtypes]: `own` is declared with 1 parameter, and the function takes 2
""")
