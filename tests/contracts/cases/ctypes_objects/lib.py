import ctypes
from ctypes import CFUNCTYPE, POINTER, c_char, c_char_p, c_double, c_float, c_int, c_long, c_size_t, c_void_p

lib = ctypes.CDLL("./liblib.so")

c_int.in_dll(lib, "total").value = 3
c_long.in_dll(lib, "grand")
ctypes.c_double.in_dll(lib, "ratio")
c_char_p.in_dll(lib, "title")
c_void_p.in_dll(lib, "title")
(c_char * 16).in_dll(lib, "name")
c_char.in_dll(lib, "name")
c_int.in_dll(lib, "both")
c_int.in_dll(lib, "hidden")
c_int.in_dll(lib, "nowhere")
print(c_int.in_dll(ctypes.pythonapi, "Py_OptimizeFlag").value)

c_long.in_dll(lib, "total")  #~ error[contract.argtypes]: variable `total`: `c_long` has 64 bits, and `int` has 32
c_int.in_dll(lib, "grand")  #~ error[contract.argtypes]: variable `grand`: `c_int` has 32 bits, and `long` has 64
ctypes.c_float.in_dll(lib, "ratio")  #~ error[contract.argtypes]: variable `ratio`: `c_float` has 32 bits, and `double` has 64
c_int.in_dll(lib, "title")  #~ error[contract.argtypes]: variable `title`: `c_int` has 32 bits
c_long.in_dll(ctypes.pythonapi, "Py_OptimizeFlag")  #~ error[contract.argtypes]: variable `Py_OptimizeFlag`

scale = CFUNCTYPE(c_int, c_int, c_double)(("scale", lib), ((1, "value"), (1, "by", 2.0)))
prototype = CFUNCTYPE(c_void_p, c_size_t)
make = prototype(("make", lib))
make_more = prototype(("make", lib), ((1, "size", 16),))
reset = CFUNCTYPE(None)(("reset", lib))
handler = prototype(print)

CFUNCTYPE(c_int, c_int, c_double)(("scale", lib), ((1, "value"),))  #~ error[contract.argtypes]: the prototype of `scale` has 2 arguments, and 1 parameter flags
CFUNCTYPE(c_int, c_int)(("scale", lib))  #~ error[contract.argtypes]: the prototype of `scale` has 1 argument, and the function takes 2
wrong = CFUNCTYPE(c_int, c_size_t)  #~ error[contract.restype]: result of `make`: `c_int` has 32 bits, and `void *` is a pointer of 64
wrong(("make", lib))
CFUNCTYPE(
    c_long,  #~ error[contract.restype]: result of `scale`: `c_long` has 64 bits, and `int` has 32
    c_int,
    c_float,  #~ error[contract.argtypes]: argument 2 `by` of `scale`: `c_float` has 32 bits, and `double` has 64
)(("scale", lib))
CFUNCTYPE(c_int)(("reset", lib))  #~ error[contract.restype]: result of `reset`: `c_int` is declared, and the function returns nothing
