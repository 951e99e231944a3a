from counted import Counter, named, nothing, pair, single, unpacked

nothing(1)  #~ error[contract.arity]: `counted.nothing` takes exactly 0 positional arguments, and 1 are given
nothing(a=1)  #~ error[contract.arity]: takes no keyword arguments
single()  #~ error[contract.arity]: takes exactly 1 positional argument, and 0 are given
single(1, 2)  #~ error[contract.arity]: takes exactly 1 positional argument, and 2 are given
pair()  #~ error[contract.arity]: takes at least 1 positional argument, and 0 are given
pair(1, 2, 3)  #~ error[contract.arity]: takes at most 2 positional arguments, and 3 are given
pair(first=1)  #~ error[contract.arity]: takes no keyword arguments
named(1)  #~ error[contract.arity]: lacks its argument `step`
named(1, 2, 3)  #~ error[contract.arity]: takes at most 2 positional arguments
named(1, stop=2)  #~ error[contract.arity]: has no argument named `stop`
named(1, 2, step=3)  #~ error[contract.arity]: is given `step` by name and by position
unpacked(1, 2, 3)  #~ error[contract.arity]: takes at most 2 positional arguments
counter = Counter()  #~ error[contract.arity]: `counted.Counter` lacks its argument `limit`
counter.step(1)  #~ error[contract.arity]: `counted.Counter.step` takes exactly 0
pair("one")  #~ error[contract.arity]: `counted.pair` takes an integer as argument 1, and a string is given
pair(1, -2.5)  #~ error[contract.arity]: takes an integer as argument 2, and a float is given
named(1, step=None)  #~ error[contract.arity]: takes an integer as `step`, and None is given
Counter([1])  #~ error[contract.arity]: `counted.Counter` takes an integer as argument 1, and a list is given
