import ctypes
from ctypes import POINTER, Structure, c_float, c_int, c_long, c_uint

from cffi import FFI


class LongSample(Structure):  #~ error[contract.layout]: field `value` of `LongSample` has 8 bytes, and 4 in `struct sample`
    _fields_ = [("value", c_long), ("tick", c_uint)]


class SwappedItem(Structure):  #~ error[contract.layout]: field `weight` of `SwappedItem` is at byte 0, and at byte
    _fields_ = [("weight", c_float)]


wrong = ctypes.CDLL("./libmeter.so")
wrong.use.argtypes = [POINTER(LongSample)]
wrong.weigh.argtypes = [POINTER(SwappedItem)]
c_int.in_dll(wrong, "total")  #~ error[contract.argtypes]: variable `total`: `c_int` has 32 bits, and `long int` has 64

ffi = FFI()
ffi.cdef("""
    struct sample { long value; unsigned tick; };  //~ error[contract.layout]: field `value` of `sample` has 8 bytes, and 4
    int use(struct sample *s);
    int far(long where);  //~ error[contract.restype]: result of `far`: `int` has 32 bits, and `long int` has 64
""")
with_cffi = ffi.dlopen("./libmeter.so")
used = [with_cffi.use, with_cffi.far]
