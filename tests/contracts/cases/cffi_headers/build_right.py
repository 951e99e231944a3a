import sys

import cffi

builder = cffi.FFI()
builder.set_source("_right", '#include "lib.h"', include_dirs=["include"], extra_compile_args=["-O2"])
builder.cdef("""
    #define LIMIT 6
    #define MASK 16
    #define WIDTH ...
    static char *const LABEL;
    enum color { RED, GREEN = 5, BLUE };
    typedef enum { SMALL, ... } extent;
    struct sample { int value; uint32_t tick; };
    struct spread { double weight; ...; };
    typedef struct { short kind; double weight; } item;
    struct more { int second; ...; };
    typedef int... number;
    typedef struct { number first; short second; } unsure;
    typedef struct { ...; } window;
    void show(window w);
    typedef struct queue queue;
    int level(struct sample *s, int by);
    size_t length(char *text);
    void nothing(void);
    queue *make(short size);
    long twice(int value);
    int cut(signed char value);
    void each(int (*f)(int, void *), void *context);
    int fill(int numbers[], size_t count);
""")

# Which text is meant, or what it is compiled with, is not known.
chosen = cffi.FFI()
chosen.set_source("_chosen", '#include "lib.h"', include_dirs=["include"])
if sys.platform == "linux":
    chosen.cdef("#define LIMIT 5")
defined = cffi.FFI()
defined.set_source("_defined", '#include "lib.h"', include_dirs=["include"], define_macros=[("LIMIT", "5")])
defined.cdef("#define LIMIT 5")
absent = cffi.FFI()
absent.set_source("_absent", '#include "lib.h"\n#include "not_there.h"', include_dirs=["include"])
absent.cdef("#define LIMIT 5")
packed = cffi.FFI()
packed.set_source("_packed", '#include "lib.h"', include_dirs=["include"])
packed.cdef("struct spread { char kind; double weight; };", packed=True)
