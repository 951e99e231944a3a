from cffi import FFI

ffi = FFI()
ffi.cdef("int push(int x); int pull(int x); int newest(int x);")
lib = ffi.dlopen("./libring.so")

lib.push(1)
lib.pull(1)  #~ error[contract.symbol]: `libring.so` exports no `pull`
try:
    lib.newest(1)
except AttributeError:
    pass
