from cffi import FFI

ffi = FFI()
ffi.cdef("""
    int narrow(int value);
    double real(double value);
    unsigned int count(void);
    size_t length(const char *text);
    int tell(const char *format, ...);
    int fill(int *numbers, size_t count);
    int bytes(const uint8_t *data);
""")
lib = ffi.dlopen("./liblib.so")

lib.narrow()  #~ error[contract.arity]: `narrow` takes 1 argument, and is given none
lib.narrow(1, 2)  #~ error[contract.arity]: `narrow` takes 1 argument, and is given 2
lib.count(1)  #~ error[contract.arity]: `count` takes no arguments, and is given 1
lib.narrow(1.0)  #~ error[contract.argtypes]: `1.0` is passed for `int value`, which cffi refuses
lib.narrow("1")  #~ error[contract.argtypes]: which cffi refuses
lib.narrow(0x80000000)  #~ error[contract.argtypes]: `0x80000000` is passed for `int value`, which cannot hold it
lib.fill(ffi.NULL, -1)  #~ error[contract.argtypes]: `-1` is passed for `size_t count`, which cannot hold it
lib.fill(0, 0)  #~ error[contract.argtypes]: `0` is passed for `int *numbers`, which cffi refuses
lib.fill(None, 0)  #~ error[contract.argtypes]: `None` is passed for `int *numbers`, which cffi refuses
lib.real(b"1")  #~ error[contract.argtypes]: which cffi refuses
lib.length(3)  #~ error[contract.argtypes]: `3` is passed for `const char *text`, which cffi refuses
lib.tell(b"%d", 3)  #~ error[contract.variadic]: cffi takes only its own objects there
lib.tell()  #~ error[contract.arity]: takes at least 1 argument
