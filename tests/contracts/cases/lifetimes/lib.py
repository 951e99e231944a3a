import ctypes
from ctypes import CFUNCTYPE, POINTER, c_int, c_size_t, c_void_p

HANDLER = CFUNCTYPE(None, c_int)
COMPARE = CFUNCTYPE(c_int, c_int, c_int)
lib = ctypes.CDLL("./liblib.so")
lib.on_change.argtypes = [HANDLER]
lib.queue_new.restype = c_void_p
lib.queue_on_push.argtypes = [c_void_p, HANDLER]
lib.queue_on_pop.argtypes = [c_void_p, HANDLER]
lib.forget.argtypes = [HANDLER]
lib.at_once.argtypes = [HANDLER]
lib.sort.argtypes = [POINTER(c_int), c_size_t, COMPARE]

lib.on_change(HANDLER(print))  #~ error[contract.callback]: which `change` calls later
queue = lib.queue_new()
lib.queue_on_push(queue, HANDLER(lambda value: print(value)))  #~ error[contract.callback]: which `queue_push` calls later

kept = HANDLER(print)
lib.on_change(kept)
lib.queue_on_pop(queue, HANDLER(print))
lib.forget(HANDLER(print))
lib.at_once(HANDLER(print))
lib.sort((c_int * 2)(2, 1), 2, COMPARE(lambda a, b: a - b))
