import ctypes
from ctypes import CFUNCTYPE, POINTER, c_char_p, c_double, c_int

lib = ctypes.CDLL("./liblib.so")
scaling = CFUNCTYPE(c_int, c_int, c_double)
filling = CFUNCTYPE(c_int, POINTER(c_int), c_char_p)


def three(result, function, arguments):
    return result


def two(result, function):
    return result


class Checker:
    def check(self, result, function, arguments):
        return result


right = [
    scaling(("scale", lib), ((1, "value", 3), (0, "by", 2))),
    scaling(("scale", lib), ((1,), (5, "by"))),
    filling(("fill", lib), ((2, "numbers"), (1, "text", None))),
    filling(("fill", lib), ((3, "numbers"), (1, "text", b"a"))),
    scaling(("scale", lib), tuple((1, name) for name in "ab")),
]
lib.scale.errcheck = three
lib.make.errcheck = lambda result, *rest: result
lib.reset.errcheck = Checker().check

scaling(("scale", lib), [(1, "value"), (1, "by")])  #~ error[contract.argtypes]: the parameter flags of `scale` are a list
scaling(("scale", lib), ((2, "value"), (1, "by")))  #~ error[contract.argtypes]: parameter 1 of `scale` is an output, and `c_int` is no pointer
scaling(("scale", lib), ((1, "value"), (4, "by")))  #~ error[contract.argtypes]: ctypes does not know the direction 4 of parameter 2 of `scale`
scaling(("scale", lib), ((1, "value", None), (1, "by")))  #~ error[contract.argtypes]: parameter 1 of `scale` begins with `None`, which `c_int` refuses
scaling(("scale", lib), ((1, "value"), (1, "by", "2")))  #~ error[contract.argtypes]: parameter 2 of `scale` begins with `"2"`, which `c_double` refuses
lib.scale.errcheck = two  #~ error[contract.callback]: `errcheck` of `scale` takes 2 arguments, and ctypes gives it 3
lib.make.errcheck = lambda result: result  #~ error[contract.callback]: `errcheck` of `make` takes 1 argument
