from older import keyed, stack, tupled

stack(1)
stack(1, 2)
keyed(1, second=2)
keyed(first=1)
tupled("a")
tupled(text="a")
stack()  #~ error[contract.arity]: `older.stack` takes at least 1 positional argument, and 0 are given
stack(1, 2, 3)  #~ error[contract.arity]: takes at most 2 positional arguments, and 3 are given
stack(first=1)  #~ error[contract.arity]: takes no keyword arguments
keyed(second=1)  #~ error[contract.arity]: lacks its argument `first`
keyed(1, third=1)  #~ error[contract.arity]: has no argument named `third`
tupled("a", "b")  #~ error[contract.arity]: takes exactly 1 positional argument, and 2 are given
tupled(1)  #~ error[contract.arity]: `older.tupled` takes a string as argument 1, and an integer is given
