import ctypes
from ctypes import c_char_p, c_void_p

lib = ctypes.CDLL("./liblib.so")
lib.copy.restype = c_char_p  #~ warning[contract.restype]: `copy` returns memory that its caller must free, and `c_char_p` loses the pointer
lib.greet.restype = ctypes.c_char_p  #~ warning[contract.restype]: `greet` returns memory that its caller must free
lib.maybe.restype = c_char_p
lib.cached.restype = c_char_p
lib.stored.restype = c_char_p
lib.passed_on.restype = c_char_p
lib.own.restype = c_char_p
lib.moved.restype = c_char_p
right = ctypes.CDLL("./libright.so")
right.copy.restype = c_void_p
