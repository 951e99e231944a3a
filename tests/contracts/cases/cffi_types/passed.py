from cffi import FFI

ffi = FFI()
ffi.cdef("""
    typedef void (*handler)(int);
    int on_change(handler h);
    int fill(int *numbers, size_t count);
    int words(const char **list);
    int bytes(void *data, char *text);
""")
lib = ffi.dlopen("./liblib.so")

lib.on_change(ffi.callback("void(int)", print))
lib.on_change(ffi.callback("handler", lambda x: None))
lib.fill(ffi.new("int[4]"), 4)
lib.fill(ffi.new("int *"), 1)
lib.fill(ffi.cast("void *", 0), 1)
lib.words(ffi.new("char *[4]"))
lib.bytes(ffi.new("int *"), ffi.new("unsigned char[4]"))
lib.fill(ffi.new("int *", 4) + 1, ffi.cast("long", 3))

lib.on_change(ffi.callback("void(long)", print))  #~ error[contract.callback]: `void(long)` is passed for `handler h`, which cffi refuses: parameter 1
lib.on_change(ffi.callback("void(int, int)", lambda a, b: None))  #~ error[contract.callback]: the function pointed to takes 2, and C calls it with 1
lib.fill(ffi.new("long[4]"), 4)  #~ error[contract.argtypes]: `long[4]` is passed for `int *numbers`, which cffi refuses
lib.fill(ffi.cast("short *", 0), 4)  #~ error[contract.argtypes]: points to values of 2 bytes
lib.fill(ffi.new("double *"), 1)  #~ error[contract.argtypes]: points to floating-point numbers
