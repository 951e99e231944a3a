import ctypes

lib = ctypes.CDLL("./libring.so")
other = ctypes.CDLL("libother.so.3")

lib.push(1)
lib.pusj(1)  #~ error[contract.symbol]: `libring.so` exports no `pusj`
lib.hidden()  #~ error[contract.symbol]: `libring.so` exports no `hidden`
lib["pull"](1)  #~ error[contract.symbol]: `libring.so` exports no `pull`
other.unknown()
try:
    lib.newer()
except AttributeError:
    pass
if hasattr(lib, "newest"):
    lib.newest()
