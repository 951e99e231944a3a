from cffi import FFI

ffi = FFI()
ffi.cdef("""
    enum color { RED, GREEN = 5, BLUE };
    struct sample { int value; uint32_t tick; };
    typedef struct { short kind; double weight; } item;
    typedef ... queue;  // never opened
    int narrow(int value);
    long long wide(ssize_t value);
    double real(double value);
    uint64_t length(const char *text);
""" + """
    unsigned int count(void);
    int use_sample(const struct sample *s);
    double use_item(item *);
    int paint(enum color c);
    int visit(int (*each)(int, void *), void *context);
    int fill(int numbers[], size_t count);
    int words(const char **list);
    int tell(const char *format, ...);
    void nothing(queue *q);
    queue *make(void);
    int bytes(const void *data);
""")
lib = ffi.dlopen("./liblib.so")


def right(values, **named):
    lib.narrow(-1)
    lib.narrow(*values)
    lib.wide(1 << 40)
    lib.real(3)
    lib.length(b"text")
    print(lib.count())
    lib.use_sample(ffi.new("struct sample *"))
    lib.use_item(ffi.NULL)
    lib.paint(lib.GREEN)
    lib.visit(ffi.NULL, ffi.NULL)
    lib.fill([1, 2], 2)
    lib.words(ffi.NULL)
    lib.tell(b"%d", ffi.cast("int", 3))
    lib.nothing(lib.make())
    lib.bytes(b"\0")
    try:
        lib.narrow()
    except TypeError:
        pass
