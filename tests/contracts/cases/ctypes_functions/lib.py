"""Declarations that lie, and their right twins."""

import ctypes
from ctypes import (
    CFUNCTYPE,
    POINTER,
    Structure,
    c_bool,
    c_char_p,
    c_double,
    c_float,
    c_int,
    c_long,
    c_longlong,
    c_short,
    c_size_t,
    c_ubyte,
    c_uint,
    c_uint32,
    c_ulong,
    c_void_p,
    c_wchar_p,
)


class Point(Structure):
    _fields_ = [("x", c_int), ("y", c_int)]


VISITOR = CFUNCTYPE(c_int, c_int, c_void_p)

wrong = ctypes.CDLL("./libwrong.so")
right = ctypes.CDLL("./libright.so")

wrong.narrow.argtypes = [c_long]  #~ error[contract.argtypes]: argument 1 `value` of `narrow`: `c_long` has 64 bits, and `int` has 32
wrong.wide.argtypes = [c_int]  #~ error[contract.argtypes]: `c_int` has 32 bits, and `long` has 64
wrong.wide.restype = c_int  #~ error[contract.restype]: result of `wide`: `c_int` has 32 bits, and `long` has 64
wrong.real.argtypes = [c_float]  #~ error[contract.argtypes]: `c_float` has 32 bits, and `double` has 64
wrong.real.restype = c_int  #~ error[contract.restype]: `c_int` is an integer, and `double` is a floating-point number
wrong.single.argtypes = [c_uint]  #~ error[contract.argtypes]: and `float` is a floating-point number
wrong.length.argtypes = [c_int]  #~ error[contract.argtypes]: `c_int` has 32 bits, and `const char *` is a pointer of 64
wrong.words.argtypes = [c_char_p, c_int]  #~ error[contract.argtypes]: `c_char_p` points to characters, and `const char **` points to a pointer
wrong.wide_text.argtypes = [POINTER(c_short)]  #~ error[contract.argtypes]: `POINTER(c_short)` points to values of 2 bytes
wrong.fill.argtypes = [POINTER(c_longlong), c_size_t]  #~ error[contract.argtypes]: points to values of 8 bytes, and `int *` to values of 4
wrong.bytes.argtypes = [c_wchar_p, c_uint32]  #~ error[contract.argtypes]: points to wide characters of 4 bytes
wrong.no_result.argtypes = [c_void_p]
wrong.no_result.restype = c_int  #~ error[contract.restype]: the function returns nothing
wrong.make.restype = c_uint  #~ error[contract.restype]: `c_uint` has 32 bits, and `queue *` is a pointer of 64
wrong.visit.argtypes = [c_void_p, c_int, c_void_p]  #~ error[contract.argtypes]: argument 2 `each` of `visit`
wrong.at.argtypes = [POINTER(Point), Point]  #~ error[contract.argtypes]: is a structure passed by value
#~^ error[contract.argtypes]: `Point` is passed by value, and `const point *` is a pointer
wrong.message.argtypes = [c_char_p, c_size_t]  #~ error[contract.argtypes]: has 2 types, and the function takes at least 3
wrong.table.argtypes = [c_double]  #~ error[contract.argtypes]: is a pointer
wrong.opaque.argtypes = [c_void_p]  #~ error[contract.argtypes]: has 1 type, and the function takes 2

right.narrow.argtypes = [c_uint]
right.wide.argtypes = [c_ulong]
right.wide.restype = c_longlong
right.real.argtypes = [c_double]
right.real.restype = c_double
right.single.argtypes = [c_float]
right.length.argtypes = [c_char_p]
right.length.restype = c_size_t
right.words.argtypes = [POINTER(c_char_p), c_int]
right.wide_text.argtypes = [c_wchar_p]
right.fill.argtypes = [POINTER(c_uint), c_size_t]
right.bytes.argtypes = [POINTER(c_ubyte), c_uint]
right.bytes.argtypes = [c_char_p, c_uint]
right.no_result.argtypes = [c_void_p]
right.no_result.restype = None
right.make.argtypes = [c_int, c_bool]
right.make.restype = c_void_p
right.visit.argtypes = [c_void_p, VISITOR, c_void_p]
right.at.argtypes = [Point, POINTER(Point)]
right.message.argtypes = [c_char_p, c_size_t, c_char_p, c_int]
right.table.argtypes = [POINTER(c_double)]
right.opaque.argtypes = [POINTER(Point), c_void_p]
