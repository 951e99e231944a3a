"""The classes and functions that the expressions of values.py are written with; scripts have those that they use."""

from __future__ import annotations

import re
from collections.abc import Iterable

ANY = '''\
class Any:
    """Each call of a method has the next of the outcomes: it is raised or returned."""

    raised = set()

    def __init__(self, *outcomes):
        object.__setattr__(self, "outcomes", outcomes)
        object.__setattr__(self, "calls", 0)

    def answer(self, *_, **named):
        outcome = self.outcomes[self.calls] if self.calls < len(self.outcomes) else 0
        object.__setattr__(self, "calls", self.calls + 1)
        if outcome is RuntimeError or outcome is KeyboardInterrupt:
            Any.raised.add(outcome)
            raise outcome
        return outcome

    def __next__(self):
        if self.calls > len(self.outcomes):
            raise StopIteration
        return self.answer()

    __index__ = __int__ = __float__ = __bool__ = __len__ = __iter__ = __call__ = answer
    __getitem__ = __setitem__ = __delitem__ = __getattr__ = __setattr__ = __delattr__ = answer
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __hash__ = __str__ = __repr__ = answer
    __add__ = __sub__ = __mul__ = __radd__ = __rsub__ = __rmul__ = answer
'''

_CHANGE = """\
things = []


def change():
    for thing in things:
        for name in ("clear", "__init__"):
            try:
                getattr(thing, name)()
            except Exception:
                pass
"""

_CHANGING = '''\
class Changing(Any):
    """Empties the objects at hand before it answers."""

    def answer(self, *_, **named):
        change()
        return Any.answer(self)

    __index__ = __int__ = __float__ = __bool__ = __len__ = __iter__ = __call__ = answer
    __getitem__ = __setitem__ = __delitem__ = __getattr__ = __setattr__ = __delattr__ = answer
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __str__ = __repr__ = answer

    def __hash__(self):
        change()
        return 0
'''

_TEXT = '''\
class Text(str):
    """A string whose methods call `does` first."""

    does = staticmethod(change)

    def lower(self):
        self.does()
        return str.lower(self)

    def encode(self, *_):
        self.does()
        return str.encode(self)

    def __eq__(self, other):
        self.does()
        return str.__eq__(self, other)

    def __hash__(self):
        self.does()
        return str.__hash__(self)

    def __str__(self):
        self.does()
        return str.__str__(self)
'''

_FAILING_TEXT = """\
class FailingText(Text):
    def does(self):
        raise RuntimeError
"""

_INTERRUPTING_TEXT = """\
class InterruptingText(Text):
    def does(self):
        Any.raised.add(KeyboardInterrupt)
        raise KeyboardInterrupt
"""

_NUMBER = '''\
class Number(int):
    """A number whose methods call `does` first."""

    does = staticmethod(change)

    def compared(name):
        def answer(self, other):
            self.does()
            return getattr(int, name)(self, other)

        return answer

    for name in ("__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__"):
        locals()[name] = compared(name)

    def __hash__(self):
        self.does()
        return int.__hash__(self)

    def __str__(self):
        self.does()
        return int.__repr__(self)

    __repr__ = __str__
'''

_FAILING_NUMBER = """\
class FailingNumber(Number):
    def does(self):
        raise RuntimeError
"""

_INTERRUPTING_NUMBER = """\
class InterruptingNumber(Number):
    def does(self):
        Any.raised.add(KeyboardInterrupt)
        raise KeyboardInterrupt
"""

_NAMELESS = '''\
class Nameless:
    """Does not say of what class it is."""

    def __init__(self, raised=RuntimeError):
        self.raised = raised

    @property
    def __class__(self):
        Any.raised.add(self.raised)
        raise self.raised
'''

_PRINTED = '''\
class Printed:
    """Is printed as what was given, which is raised when it is an exception."""

    def __init__(self, text):
        self.text = text

    def __str__(self):
        if isinstance(self.text, type):
            Any.raised.add(self.text)
            raise self.text
        return self.text

    __repr__ = __str__
'''

_COLLECTING = '''\
class Collecting:
    """Lets the collector look at everything when it dies."""

    def __del__(self):
        gc.collect()
'''

_FAILING = """\
def failing(*_, **named):
    raise RuntimeError
"""

_FIRST = """\
def first(*given, **named):
    return given[0] if given else None
"""

_WRAPPED = '''\
def wrapped(*given, **named):
    """A new object each time."""
    return [given[0] if given else None]
'''

_WORDED = '''\
def worded(*given, **named):
    """A new string each time, that is not ASCII."""
    return "\\xe9" * (2 + len(given))
'''

_FRESH = '''\
def fresh(value):
    """An equal string or number that nobody else has."""
    return type(value)(str(value)) if isinstance(value, int) else "".join(list(value))
'''

_BROKEN = """\
def broken():
    yield ("a", 1)
    raise RuntimeError
"""

# By the names that expressions use; each after what it needs.
CLASSES: dict[str, str] = {
    "Any": ANY,
    "change": _CHANGE,
    "Changing": _CHANGING,
    "Text": _TEXT,
    "FailingText": _FAILING_TEXT,
    "InterruptingText": _INTERRUPTING_TEXT,
    "Number": _NUMBER,
    "FailingNumber": _FAILING_NUMBER,
    "InterruptingNumber": _INTERRUPTING_NUMBER,
    "Nameless": _NAMELESS,
    "Printed": _PRINTED,
    "Collecting": _COLLECTING,
    "failing": _FAILING,
    "first": _FIRST,
    "wrapped": _WRAPPED,
    "worded": _WORDED,
    "fresh": _FRESH,
    "broken": _BROKEN,
}
_NEEDS = {
    "Changing": ("Any", "change"),
    "Text": ("change",),
    "FailingText": ("change", "Text"),
    "InterruptingText": ("Any", "change", "Text"),
    "Number": ("change",),
    "FailingNumber": ("change", "Number"),
    "InterruptingNumber": ("Any", "change", "Number"),
    "Nameless": ("Any",),
    "Printed": ("Any",),
    "things": ("change",),
}

MODULES = ("io", "decimal", "gc")

_NAME = re.compile(r"[A-Za-z_]\w*")


def needed(source: str) -> list[str]:
    """The names of the classes that a source uses, in the order in which they are defined."""
    used = set(_NAME.findall(source))
    for name, others in _NEEDS.items():
        if name in used:
            used.update(others)
    return [name for name in CLASSES if name in used]


def definitions(source: str) -> str:
    return "\n\n".join(CLASSES[name] for name in needed(source))


def imports(source: str) -> list[str]:
    whole = source + definitions(source)
    return [name for name in MODULES if f"{name}." in whole]


def namespace() -> dict[str, object]:
    """All that expressions may use, but for the modules under test."""
    names: dict[str, object] = {}
    lines = [*(f"import {name}" for name in MODULES), *CLASSES.values()]
    exec("\n\n".join(lines), names)
    return names


def texts(words: Iterable[str]) -> list[str]:
    """Strings of the sources, as expressions."""
    return [repr(word) for word in words]
