import ctypes
from ctypes import CFUNCTYPE, POINTER, Structure, Union, c_char, c_char_p, c_double, c_int, c_int32, c_int64, c_short
from ctypes import c_ubyte, c_uint, c_uint32


class Sample(Structure):
    _fields_ = [("value", c_int32), ("tick", c_uint32)]


class Item(Structure):
    pass


Item._fields_ = [("kind", c_char), ("weight", c_double), ("code", c_short)]


class Header(Structure):
    _pack_ = 1
    _fields_ = [("version", c_ubyte), ("length", c_uint32)]


class Flags(Structure):
    _fields_ = [("low", c_uint, 3), ("high", c_uint, 13), ("rest", c_uint, 16)]


class Number(Union):
    _fields_ = [("real", c_double), ("whole", c_int64)]


class Whole(Structure):
    _fields_ = [
        ("first", Sample),
        ("values", c_int * 4),
        ("name", c_char_p),
        ("call", CFUNCTYPE(c_int, c_int)),
        ("number", Number),
    ]


class Front(Structure):
    _fields_ = [("count", c_int)]  # as much as is looked at


class Opaque(Structure):
    pass


class Same(Structure):
    _fields_ = [(name, c_int) for name in ("a", "b")]  # computed


class Several(Structure):  # the inner members and the elements, and the padding by name
    _fields_ = [
        ("kind", c_char),
        ("padding", c_ubyte * 3),
        ("x", c_int),
        ("y", c_int),
        ("width", c_uint),
        ("height", c_uint),
        ("padding2", c_int),
        ("last", c_int64),
        ("first_of_rest", c_char),
    ]


class AtTheEnd(Structure):  # what nobody looks at, as bytes
    _fields_ = [("kind", c_char), ("unused", c_ubyte * 23), ("last", c_int64)]


class Reals(Union):
    _fields_ = [("whole", c_int64), ("bytes", c_ubyte * 8)]


lib = ctypes.CDLL("./liblib.so")
lib.use_sample.argtypes = [POINTER(Sample)]
lib.use_item.argtypes = [POINTER(Item)]
lib.use_header.argtypes = [POINTER(Header)]
lib.use_flags.argtypes = [POINTER(Flags)]
lib.use_number.argtypes = [POINTER(Number)]
lib.use_whole.argtypes = [POINTER(Whole)]
lib.use_tail.argtypes = [POINTER(Front)]
lib.use_same.argtypes = [Same]
lib.use_same.restype = Same
lib.use_several.argtypes = [POINTER(Several)]
lib.use_several_too.argtypes = [POINTER(AtTheEnd)]
lib.use_number_too.argtypes = [POINTER(Reals)]


class Twin(Structure):
    _fields_ = [("a", c_int64)]  # not the one that is passed


def with_its_own():
    class Twin(Structure):
        _fields_ = [("a", c_int), ("b", c_int)]

    own = ctypes.CDLL("./libown.so")
    own.use_same.argtypes = [Twin]


def with_an_inherited_one():
    class Same(Whole):
        pass
