from cffi import FFI

ffi = FFI()
ffi.cdef("""
    typedef void (*handler)(int);
    void on_change(handler h);
    void at_once(handler h);
""")
lib = ffi.dlopen("./liblib.so")
kept = ffi.callback("void(int)", print)
lib.on_change(kept)
lib.at_once(ffi.callback("void(int)", print))
lib.on_change(ffi.callback("void(int)", print))  #~ error[contract.callback]: which `change` calls later
