import ctypes
from ctypes import POINTER, Structure, c_double, c_int, c_long, c_short, c_uint

from cffi import FFI


class Sample(Structure):
    _fields_ = [("value", c_int), ("tick", c_uint)]


class Item(Structure):
    _fields_ = [("kind", c_short), ("weight", c_double)]


right = ctypes.CDLL("./libmeter.so")
right.use.argtypes = [POINTER(Sample)]
right.weigh.argtypes = [POINTER(Item)]
right.weigh.restype = c_double
c_long.in_dll(right, "total")

ffi = FFI()
ffi.cdef("""
    struct sample { int value; unsigned tick; };
    typedef struct { short kind; double weight; } item;
    int use(struct sample *s);
    double weigh(item *i);
    long far(long where);
""")
with_cffi = ffi.dlopen("./libmeter.so")
used = [with_cffi.use, with_cffi.weigh, with_cffi.far]
