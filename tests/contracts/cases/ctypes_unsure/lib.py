"""A helper declares functions by names that nobody can know here: nothing is missing for sure."""

import ctypes
import sys

lib = ctypes.CDLL("./liblib.so")


def declare(name, result, *arguments):
    setattr(getattr(lib, name), "restype", result)
    setattr(getattr(lib, name), "argtypes", arguments)


for line in sys.stdin:
    declare(line.split()[0], ctypes.c_void_p)

print(lib.half(3), lib.make(), lib.far(1), lib.add(1))
