from _engine import ffi, lib


@ffi.def_extern()
def on_event(code, data):
    return 0


@ffi.def_extern(onerror=print)
def on_end():
    pass


@ffi.def_extern(name="on_any")
def implementation(*values):
    return 0


@ffi.def_extern()
def on_wrong(code, data):  #~ error[contract.callback]: `on_wrong` takes 2 arguments, and C calls it with 1
    return code


@ffi.def_extern()
def on_nothing():  #~ error[contract.callback]: no `extern "Python"` declares `on_nothing`
    pass


print(lib.level(ffi.new("struct state *")), lib.far(1), lib.near(1), lib.LIMIT)
lib.level()  #~ error[contract.arity]: `level` takes 1 argument, and is given none
