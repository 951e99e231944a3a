from clinic import loose, pack, scale

scale(1)
scale(1, 2)
pack(b"")
pack(b"", 1, wbits=3)
pack(b"", level=1)
loose(1, 2, 3, 4, 5)
scale()  #~ error[contract.arity]: `clinic.scale` takes at least 1 positional argument, and 0 are given
scale(1, 2, 3)  #~ error[contract.arity]: takes at most 2 positional arguments, and 3 are given
scale(value=1)  #~ error[contract.arity]: takes no keyword arguments
pack()  #~ error[contract.arity]: takes at least 1 arguments
pack(b"", 1, 2)  #~ error[contract.arity]: takes at most 2 positional arguments
pack(b"", bits=1)  #~ error[contract.arity]: has no argument named `bits`
