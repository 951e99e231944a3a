import sys

from cffi import FFI


def more(ffi):
    pass


partly = FFI()
partly.cdef("typedef int known;" + sys.argv[1])
partly.new("unknown *")
