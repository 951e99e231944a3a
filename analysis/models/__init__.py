"""What libc and the CPython C API do, for the engine.

`*.c` are bodies of library functions, lowered by the same frontend as the user's code and written with the primitives
of `gnomon.h`; `externals` lists the functions that only return. A file per header or API family.
"""
