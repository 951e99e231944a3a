from cffi import FFI

ffi = FFI()
ffi.cdef("""
    enum color { RED, GREEN, BLUE };  //~ error[contract.layout]: `GREEN` is 1, and 5 in C
    struct sample { long value; uint32_t tick; };  //~ error[contract.layout]: field `value` of `sample` has 8 bytes, and 4
    typedef struct { double weight; short kind; } item;  //~ error[contract.layout]: field `weight` of `item` is at byte 0, and at byte
    typedef struct queue queue;
    int narrow(long value);  //~ error[contract.argtypes]: argument 1 `value` of `narrow`: `long` has 64 bits, and `int` has 32
    int wide(long value);  //~ error[contract.restype]: result of `wide`: `int` has 32 bits, and `long` has 64
    float real(int value);  //~ error[contract.argtypes]: `int` is an integer, and `double` is a floating-point number
    //~^ error[contract.restype]: `float` has 32 bits, and `double` has 64
    int length(char *text, int size);  //~ error[contract.argtypes]: `length` is declared with 2 parameters, and the function takes 1
    //~^ error[contract.restype]: `int` has 32 bits, and `size_t` has 64
    int count(void);  //~ error[contract.restype]: `int` is signed, and `unsigned int` is unsigned
    int use_sample(struct sample *s);
    double use_item(item *i);
    int paint(enum color c);
    int visit(int (*each)(int), void *context);  //~ error[contract.callback]: the function pointed to takes 1, and C calls it with 2
    int fill(long *numbers, size_t count);  //~ error[contract.argtypes]: `long *` points to values of 8 bytes, and `int *` to values of 4
    int words(int *list);  //~ error[contract.argtypes]: points to a number, and `const char **` to a pointer
    int tell(const char *format);  //~ error[contract.variadic]: `tell` is declared without `...`
    int nothing(queue *q);  //~ error[contract.restype]: `int` is declared, and the function returns nothing
    int make(void);  //~ error[contract.restype]: `int` is an integer of 32 bits, and `queue *` is a pointer of 64
    int bytes(void *data);
""")
lib = ffi.dlopen("./liblib.so")
used = [lib.narrow, lib.wide, lib.real, lib.length, lib.count, lib.use_sample, lib.use_item, lib.paint, lib.visit]
used += [lib.fill, lib.words, lib.tell, lib.nothing, lib.make, lib.bytes]
