import ctypes
from ctypes import POINTER, Structure, Union, c_char, c_char_p, c_double, c_float, c_int, c_int32, c_long, c_short
from ctypes import c_ubyte, c_uint, c_uint32, c_uint64


class Point(Structure):
    _fields_ = [("a", c_int), ("b", c_int)]


class LongSample(Structure):  #~ error[contract.layout]: field `tick` of `LongSample` is at byte 8, and at byte 4 in `struct sample`
    _fields_ = [("value", c_int32), ("tick", c_uint64)]


class SwappedItem(Structure):  #~ error[contract.layout]: field `weight` of `SwappedItem` is at byte 0, and at byte 8 in `struct item`
    _fields_ = [("weight", c_double), ("kind", c_char), ("code", c_short)]


class LooseHeader(Structure):  #~ error[contract.layout]: field `length` of `LooseHeader` is at byte 4, and at byte 1
    _fields_ = [("version", c_ubyte), ("length", c_uint32)]


class WideFlags(Structure):  #~ error[contract.layout]: field `low` of `WideFlags` has 4 bits, and 3
    _fields_ = [("low", c_uint, 4), ("high", c_uint, 12), ("rest", c_uint, 16)]


class NarrowNumber(Union):  #~ error[contract.layout]: field `real` of `NarrowNumber` has 4 bytes, and 8
    _fields_ = [("real", c_float)]


class ShortWhole(Structure):  #~ error[contract.layout]: field `values` of `ShortWhole` has 12 bytes, and 16
    _fields_ = [("first", c_long), ("values", c_int * 3), ("name", c_char_p)]


class LongTail(Structure):  #~ error[contract.layout]: has a field `more`, and `struct tail` ends before it
    _fields_ = [("count", c_int), ("sum", c_long), ("spare", c_long), ("more", c_long)]


class BigSame(Structure):  #~ error[contract.layout]: field `a` of `BigSame` has 8 bytes, and 4
    _fields_ = [("a", c_long), ("b", c_int)]


class SwappedNames(Structure):  #~ error[contract.layout]: field `b` of `SwappedNames` is at byte 0, and at byte 4
    _fields_ = [("b", c_int), ("a", c_int)]


class WithoutAMember(Structure):  #~ error[contract.layout]: field `spare` of `WithoutAMember` is at byte 8, and at byte 16
    _fields_ = [("count", c_int), ("spare", c_long)]


class Crossing(Structure):  #~ error[contract.layout]: field `more` (in C `int size[2]`) of `Crossing` has 4 bytes, and 8
    _fields_ = [("kind", c_char), ("where", Point), ("more", c_int), ("most", c_long)]


class OneOfTwo(Structure):  #~ error[contract.layout]: field `x` (in C `struct same where`) of `OneOfTwo` has 4 bytes, and 8
    _fields_ = [("kind", c_char), ("x", c_int), ("size", c_int * 2)]


class LargerNumber(Union):  #~ error[contract.layout]: has a field `bytes`, and `union number` ends before it
    _fields_ = [("bytes", c_char * 9)]


lib = ctypes.CDLL("./liblib.so")
lib.use_sample.argtypes = [POINTER(LongSample)]
lib.use_item.argtypes = [POINTER(SwappedItem)]
lib.use_header.argtypes = [POINTER(LooseHeader)]
lib.use_flags.argtypes = [POINTER(WideFlags)]
lib.use_number.argtypes = [POINTER(NarrowNumber)]
lib.use_whole.argtypes = [POINTER(ShortWhole)]
lib.use_tail.argtypes = [POINTER(LongTail)]
lib.use_same.argtypes = [BigSame]
lib.use_same_pointer.argtypes = [POINTER(SwappedNames)]
lib.use_tail_too.argtypes = [POINTER(WithoutAMember)]
lib.use_several.argtypes = [POINTER(Crossing)]
lib.use_several_too.argtypes = [POINTER(OneOfTwo)]
lib.use_number_too.argtypes = [POINTER(LargerNumber)]
