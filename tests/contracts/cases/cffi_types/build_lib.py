import cffi

builder = cffi.FFI()
builder.set_source("_lib", '#include "lib.h"')
builder.cdef("""
    struct state { int level; ...; };
    typedef ... hidden;
    typedef int... token;
    void run(hidden *h);
""")
