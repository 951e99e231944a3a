import ctypes
from ctypes import CFUNCTYPE, POINTER, c_double, c_float, c_int, c_long, c_size_t, c_void_p

VISIT = CFUNCTYPE(c_int, c_int, c_void_p)
DONE = CFUNCTYPE(None, c_double)
COMPARE = CFUNCTYPE(c_int, POINTER(c_int), POINTER(c_int))

right = ctypes.CDLL("./libright.so")
right.each.argtypes = [VISIT, c_void_p]
right.finish.argtypes = [DONE]
right.sort.argtypes = [POINTER(c_int), c_size_t, COMPARE]
right.keep.argtypes = [VISIT]

wrong = ctypes.CDLL("./libwrong.so")
wrong.each.argtypes = [CFUNCTYPE(c_int, c_int), c_void_p]  #~ error[contract.callback]: takes 1, and C calls it with 2
wrong.finish.argtypes = [CFUNCTYPE(None, c_float)]  #~ error[contract.callback]: argument 1 of the callback: `c_float` has 32 bits
wrong.sort.argtypes = [POINTER(c_int), c_size_t, CFUNCTYPE(c_int, c_int, c_int)]  #~ error[contract.callback]: is a pointer of 64
wrong.keep.argtypes = [c_int]  #~ error[contract.argtypes]: is a pointer of 64
also = ctypes.CDLL("./libalso.so")
also.each.argtypes = [CFUNCTYPE(None, c_int, c_void_p), c_void_p]  #~ error[contract.callback]: returns nothing, and C expects `int`
also.sort.argtypes = [POINTER(c_int), c_size_t, CFUNCTYPE(c_long, c_void_p, c_void_p)]  #~ error[contract.callback]: result of the callback: `c_long` has 64 bits
also.sort.restype = VISIT  #~ error[contract.restype]: `VISIT` is a pointer of 64 bits
