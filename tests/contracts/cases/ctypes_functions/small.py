"""Integers of 32 bits and less, and functions that are declared in several ways."""

import ctypes
import sys

lib = ctypes.CDLL("./libsmall.so")
lib.narrow.argtypes = [ctypes.c_byte]
lib.narrow.restype = ctypes.c_ubyte  #~ warning[contract.restype]: `c_ubyte` has 8 bits, and `int` has 32
twice = ctypes.CDLL("./libtwice.so")
if sys.platform == "win32":
    twice.wide.argtypes = [ctypes.c_int]
    twice.wide.restype = ctypes.c_int
else:
    twice.wide.argtypes = [ctypes.c_long]
    twice.wide.restype = ctypes.c_long
twice.wide("1")
part = ctypes.CDLL("./libpart.so")
part.fill.argtypes = [ctypes.POINTER(ctypes.c_int)]  # the other is converted as if nothing was declared
part.fill(None, 0)
part.visit.argtypes = [ctypes.c_void_p]  #~ error[contract.argtypes]: has 1 type, and the function takes 3
part.words.argtypes = [ctypes.c_void_p]
part.words(None, 2.5)  #~ error[contract.argtypes]: ctypes does not know how to pass a float
part.length.restype = ctypes.c_ssize_t  #~ warning[contract.restype]: `c_ssize_t` is signed, and `size_t` is unsigned
part.wide.restype = ctypes.c_ssize_t
part.make.restype = ctypes.c_size_t
