import counted
from counted import Counter, nothing, overloaded, pair
from unknown import raises

nothing()
counted.single(1)
pair(1)
pair(1, 2)
counted.named(1, 2, limit=3)
counted.named(1, step=2)
counted.unpacked(i for i in (1, 2))
overloaded()
overloaded(1, 2, 3)
counter = Counter(limit=1)
counter.step()
Counter.step(counter)
pair(*[1, 2, 3])
pair(**{"first": 1})
callback = nothing
try:
    pair()
except Exception:
    pass
with raises(TypeError):
    pair()


def test_wrong():
    with raises(TypeError):
        pair(1, 2, 3)


def test_later(self):
    self.assertRaises(TypeError, lambda: nothing(1))


class Sub(Counter):
    def __init__(self, one, two):
        super().__init__(one)


Sub(1, 2)
pair(True, 1 + 1)
pair(-1)
named(1, step=len("text"))
unpacked("any", None)
try:
    pair("one")
except TypeError:
    pass
with raises(TypeError):
    Counter([1])
