import ctypes
import contextlib

lib = ctypes.CDLL("./liblib.so")
declared = ctypes.CDLL("./libdeclared.so")
declared.add.argtypes = [ctypes.c_int, ctypes.c_int]
declared.half.argtypes = [ctypes.c_double]
declared.half.restype = ctypes.c_double
declared.make.restype = ctypes.c_void_p
declared.say.argtypes = [ctypes.c_char_p]
declared.show.argtypes = [ctypes.c_wchar_p]
declared.small.argtypes = [ctypes.c_ubyte]
declared.tell.argtypes = [ctypes.c_char_p]
whole = ctypes.CDLL("./libwhole.so")
whole.make.restype = ctypes.c_void_p
whole.done.argtypes = [ctypes.c_void_p]
declared.sum.argtypes = [ctypes.POINTER(ctypes.c_int), ctypes.c_int]


def wrong(numbers):
    lib.half(3)  #~ error[contract.argtypes]: `3` is passed for `double x` without argtypes: it arrives as an integer
    lib.half(2.5)  #~ error[contract.argtypes]: ctypes does not know how to pass a float
    x = lib.half(ctypes.c_double(1))  #~ error[contract.restype]: the `double` that `half` returns is read as an int
    lib.add(1)  #~ error[contract.arity]: `add` takes 2 arguments, and is given 1
    lib.add()  #~ error[contract.arity]: `add` takes 2 arguments, and is given no argument
    lib.far(-0x1_0000_0000)  #~ error[contract.argtypes]: it is cut to 32 bits
    if lib.far(1) == 2:  #~ error[contract.restype]: the `long` that `far` returns is cut to 32 bits
        return lib.make()  #~ error[contract.restype]: the `void *` that `make` returns is cut to 32 bits
    lib.say("hello")  #~ error[contract.argtypes]: a str arrives as wide characters
    lib.show(b"hello")  #~ error[contract.argtypes]: bytes arrive as single characters
    print(lib.both())  #~ error[contract.restype]: the `struct pair` that `both` returns is read as an int
    declared.add(1)  #~ error[contract.arity]: `add` takes 2 arguments, and is given 1
    lib.tell(b"%d %f", 1, 2.5)  #~ error[contract.variadic]: ctypes passes a float only as `c_double`
    declared.say("hello")  #~ error[contract.argtypes]: `"hello"` is passed to `say` for a `c_char_p`, which ctypes refuses
    declared.show(b"hello")  #~ error[contract.argtypes]: for a `c_wchar_p`
    declared.small(1.5)  #~ error[contract.argtypes]: for a `c_ubyte`
    declared.half("1")  #~ error[contract.argtypes]: for a `c_double`
    lib.small(300)  #~ error[contract.argtypes]: `300` is passed for `unsigned char c` without argtypes: it is cut to 8 bits
    lib.small(b"1")  #~ error[contract.argtypes]: it arrives as a pointer, cut to the size of the number
    lib.half(None)  #~ error[contract.argtypes]: it arrives as a pointer, not as a floating-point number
    declared.small(256)  #~ error[contract.argtypes]: `256` is passed to `small` for a `c_ubyte`, which cuts it
    declared.tell(b"%f", 2.5)  #~ error[contract.variadic]: ctypes passes a float only as `c_double`
    declared.done(declared.make())  #~ error[contract.argtypes]: the address that `make` returns is a number, and is cut to 32 bits
    block = declared.make()
    if block:
        declared.done(block)  #~ error[contract.argtypes]: the address that `make` returns is a number
    declared.sum(0, 1)  #~ error[contract.argtypes]: for a `POINTER(c_int)`


def right(numbers, **options):
    lib.half(ctypes.c_double(1))
    lib.add(*numbers)
    lib.add(1, b=2)
    lib.add(1, 2)
    lib.far(7)
    lib.make()
    lib.say(b"hello")
    lib.show("hello")
    lib.small(255)
    lib.small(-1)
    print(lib.add(1, 2), lib.small(1))
    lib.done(None)
    declared.done(ctypes.c_void_p(declared.make()))
    block = declared.make()
    block = ctypes.c_void_p(block)
    declared.done(block)
    whole.done(whole.make())
    declared.small(255)
    declared.tell(b"%f", ctypes.c_double(2.5))
    declared.half(3)
    declared.add(1, 2, 3)
    declared.say(b"hello")
    declared.say(None)
    declared.show("hello")
    declared.small(-1)
    declared.sum(None, 0)
    declared.sum((ctypes.c_int * 2)(1, 2), 2)
    lib.tell(b"%d", 1)
    try:
        lib.add(1)
    except TypeError:
        pass
    with contextlib.suppress(TypeError):
        lib.add(1)
    lib.add(
