from cffi import FFI

ffi = FFI()
ffi.cdef("""
    #define SIZE 4
    typedef struct { int a; short b; } foo;
    typedef struct queue queue;
    typedef foo *foo_p;
    typedef int four[4];
    enum e { A, B };
    struct s { char name[4]; int *p; foo inner; double d; };
    union u { int i; double d; };
    typedef int (*handler)(int, void *);
    struct nested { int a; union { int b, c; }; };
    struct tail { int length; short data[]; };
    typedef int FILE;
""")


def plus(a, b):
    return a + b


def optional(a, b=0, *rest):
    return a


class Holder:
    def method(self, a):
        return a


right = [
    ffi.new("foo *", [1, 2]), ffi.new("foo_p", {"a": 1}), ffi.new("four"), ffi.new("foo[]", 5), ffi.new("int[SIZE]"),
    ffi.new("queue *[3]"), ffi.new("char[]", b"abc"), ffi.new("char *", b"a"), ffi.new("wchar_t[]", "ab"),
    ffi.new("uint8_t[]", b"ab"), ffi.new("int *", None), ffi.new("double *", 1), ffi.new("union u *", {"i": 1, "d": 2}),
    ffi.new("struct s *", {"name": b"abcd", "inner": [1]}), ffi.new("char[3]", b"abc"), ffi.new("enum e *", 77),
    ffi.cast("struct other *", 0), ffi.cast("uintptr_t", 0), ffi.cast("uint8_t", 300), ffi.cast("int", "a"),
    ffi.new("float _Complex *"), ffi.cast("DWORD", 1), ffi.new("unsigned long long[2][2]", [[1, 2], [3]]),
    ffi.callback("int(int, int)", plus), ffi.callback("int(*)(int, int, int)", optional), ffi.callback("handler", plus),
    ffi.new("struct nested *", {"a": 1, "b": 2}), ffi.new("struct nested *", [1, 2]), ffi.new("struct tail *", 10),
    ffi.cast("FILE", 1), ffi.callback("int(*)(const char *text, int)", plus), ffi.cast("int(*)(foo value)", 0),
    ffi.callback("int(int)", Holder().method), ffi.callback("void(void)", lambda: None), ffi.sizeof("foo"),
]  # fmt: skip

ffi.new("foo")  #~ error[contract.argtypes]: cffi makes what a pointer points to, and arrays
ffi.new("handler")  #~ error[contract.argtypes]: cffi makes what a pointer points to
ffi.new("void *")  #~ error[contract.layout]: the size of `void` is not known
ffi.new("queue *")  #~ error[contract.layout]: `queue *` in `ffi.new`: the size of `struct queue` is not known
ffi.new("fooo *")  #~ error[contract.symbol]: `fooo *` in `ffi.new`: no `cdef` declares `fooo`
ffi.cast("time_t", 0)  #~ error[contract.symbol]: no `cdef` declares `time_t`
ffi.cast("foo", 0)  #~ error[contract.argtypes]: `foo` in `ffi.cast`: cffi casts to numbers and pointers only
ffi.sizeof("off_t")  #~ error[contract.symbol]: no `cdef` declares `off_t`
ffi.new("char[]", "abc")  #~ error[contract.argtypes]: an array of `char` takes bytes, and a string is given
ffi.new("char *", b"ab")  #~ error[contract.argtypes]: takes one character, and 2 are given
ffi.new("int *", 1.0)  #~ error[contract.argtypes]: `int` takes an integer, and a float is given
ffi.new("uint8_t *", 300)  #~ error[contract.argtypes]: `uint8_t` cannot hold 300
ffi.new("int[3]", [1, 2, 3, 4])  #~ error[contract.argtypes]: an array of 3 takes no 4 values
ffi.new("int[]", 5.0)  #~ error[contract.argtypes]: an array takes a list, and a float is given
ffi.new("char *[]", [b"a"])  #~ error[contract.argtypes]: `char *` takes a pointer of cffi, and bytes is none
ffi.new("foo *", {"a": 1, "c": 2})  #~ error[contract.argtypes]: `struct foo` has no member `c`
ffi.new("foo *", [1, 2, 3])  #~ error[contract.argtypes]: `struct foo` has 2 members, and 3 values are given
ffi.new("foo *", 1)  #~ error[contract.argtypes]: takes a list or a dictionary, and a number is given
ffi.callback("int(int)", plus)  #~ error[contract.callback]: the function takes 2 arguments, and C calls `int(int)` with 1
ffi.callback("handler", lambda x: 1)  #~ error[contract.callback]: the function takes 1 argument, and C calls `handler` with 2
ffi.callback("int", plus)  #~ error[contract.callback]: `int` in `ffi.callback` is no function


@ffi.callback("int(int, int)")
def decorated(a, b):
    return a


@ffi.callback("int(int)")  #~ error[contract.callback]: the function takes 2 arguments, and C calls `int(int)` with 1
def wrongly(a, b):
    return a


try:
    ffi.new("fooo *")
except ffi.error:
    pass
