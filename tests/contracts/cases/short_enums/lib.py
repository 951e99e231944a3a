"""compile_commands.json says that enumerations are as short as their values."""

import ctypes


class Right(ctypes.Structure):
    _fields_ = [("kind", ctypes.c_uint8), ("level", ctypes.c_char)]


class Wrong(ctypes.Structure):  #~ error[contract.layout]
    _fields_ = [("kind", ctypes.c_int), ("level", ctypes.c_char)]


right = ctypes.CDLL("./liblib.so")
right.pick.restype = ctypes.c_uint8
right.choose.restype = ctypes.c_uint
right.use_state.argtypes = [ctypes.POINTER(Right)]

wrong = ctypes.CDLL("./liblib.so")
wrong.pick.restype = ctypes.c_int  #~ error[contract.restype]: `c_int` has 32 bits, and `enum small` has 8
wrong.use_state.argtypes = [ctypes.POINTER(Wrong)]
