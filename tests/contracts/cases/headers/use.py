"""The C library has no source here; its headers tell."""

import ctypes
import ctypes.util

libc = ctypes.CDLL("libc.so.6")
libm = ctypes.CDLL(ctypes.util.find_library("m"))
typed = ctypes.CDLL("libc.so.6")
typed.strlen.argtypes = [ctypes.c_char_p]
typed.strlen.restype = ctypes.c_size_t
typed.memcpy.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t]
typed.memcpy.restype = ctypes.c_void_p
typed.qsort.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_void_p]  #~ error[contract.argtypes]: argument 3
typed.open.argtypes = [ctypes.c_char_p, ctypes.c_int]
typed.toupper.restype = ctypes.c_char  #~ error[contract.restype]: `c_char` has 8 bits, and `int` has 32

block = libc.malloc(16)  #~ error[contract.restype]: the `void *` that `malloc` returns is cut to 32 bits
libc.free(None)
libc.puts("text")  #~ error[contract.argtypes]: a str arrives as wide characters
libc.puts(b"text")
size = libc.strlen(b"text")  #~ warning[contract.restype]: cut to 32 bits
print(libm.sqrt(2), libc.abs(-3))  #~ error[contract.argtypes]: without argtypes: it arrives as an integer
#~^ error[contract.restype]: the `double` that `sqrt` returns is read as an int
libc.no_such_function_in_any_header(1)
print(typed.strlen(b"text"), libc.printf(b"%d\n", 3))
