"""The C compiler sees these declarations; what it says nothing of is little."""

import cffi

builder = cffi.FFI()
builder.set_source("_engine", '#include "engine.h"', sources=["engine.c"])
builder.cdef("""
    struct state { int level; ...; };
    typedef int... token;
    #define LIMIT ...
    int level(struct state *s);
    int far(short where);  //~ error[contract.restype]: result of `far`: `int` has 32 bits, and `long` has 64
    long near(long where);
    extern "Python" int on_event(int code, void *data);
    extern "Python" {
        void on_end(void);
        int on_any(int a, int b);
        int on_wrong(int code);
    }
""")
