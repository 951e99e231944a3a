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
