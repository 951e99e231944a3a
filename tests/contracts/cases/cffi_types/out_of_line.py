from _lib import ffi

right = [ffi.new("struct state *", {"level": 1, "more": 2}), ffi.new("token *", 1), ffi.new("hidden **")]
ffi.new("struct stat *")  #~ error[contract.symbol]: no `cdef` declares `stat`
ffi.cast("struct stat *", 0)  #~ error[contract.symbol]: no `cdef` declares `stat`
ffi.new("hidden *")  #~ error[contract.layout]: the size of `hidden` is not known
