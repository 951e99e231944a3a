"""What is passed to the functions of an extension: expressions of Python, the plainest first, and the classes of the
scripts that they are written with."""

from __future__ import annotations

import re
from collections.abc import Iterable

ANY = '''\
class Any:
    """Each call of a method has the next of the outcomes: it is raised or returned."""

    raised = None

    def __init__(self, *outcomes):
        object.__setattr__(self, "outcomes", outcomes)
        object.__setattr__(self, "calls", 0)

    def answer(self, *_, **named):
        outcome = self.outcomes[self.calls] if self.calls < len(self.outcomes) else 0
        object.__setattr__(self, "calls", self.calls + 1)
        if outcome is RuntimeError or outcome is KeyboardInterrupt:
            Any.raised = outcome
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
        Any.raised = KeyboardInterrupt
        raise KeyboardInterrupt
"""

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
    "Collecting": _COLLECTING,
    "failing": _FAILING,
    "first": _FIRST,
    "wrapped": _WRAPPED,
    "broken": _BROKEN,
}
_NEEDS = {
    "Changing": ("Any", "change"),
    "Text": ("change",),
    "FailingText": ("change", "Text"),
    "InterruptingText": ("Any", "change", "Text"),
    "things": ("change",),
}

PLAIN = (
    *(
        "None",
        "True",
        "0",
        "1",
        "-1",
        "5",
        "''",
        "'a'",
        "b''",
        "b'abc'",
        "[]",
        "[1, 2]",
        "()",
        "(1,)",
        "{}",
        "{'a': 1}",
    ),
    *("['a', 'b']", "0.5", "object()"),
)
ODD = (
    *("2**31", "2**63 - 1", "-2**63", "2**64", "10**400", "float('nan')", "float('inf')"),
    *("'\\xe9'", "'\\u0394'", "'\\U0001f600'", "'\\udc80'", "'a' * 300", "'12'", "'1' * 40", "'\\0a'"),
    *("bytearray(b'abc')", "memoryview(b'abcd')", "b'a' * 300", "('a', 'b')", "[('a', 'b')]", "[['a', 1], ['c', 'd']]"),
    *("[[1], 'a', None, 0.5]", "{1: 2}", "{'a': {'b': [1, 'c']}}", "{b'a': None}", "{None: [], 2.5: ()}", "{1, 2}"),
    *("iter([1, 2])", "iter(['a'])", "range(5)", "slice(None)", "slice(None, None, 2)", "slice(5, 1, -1)"),
    *("slice(1, 4)", "int", "str", "len", "failing", "first", "wrapped", "broken()", "io.BytesIO(b'abc')"),
    *("io.StringIO('[1]')", "Any()", "Any(RuntimeError)", "Any(0, RuntimeError)", "Any(1, RuntimeError)", "Any('a')"),
    *("Any('a', RuntimeError)", "Any([])", "Any(b'a')", "Any(None)", "Any(-1)", "Any(2**62)", "Any(Any())"),
    *("[Any(RuntimeError)]", "{'a': Any(RuntimeError)}", "{Any(): 1}", "('a', Any(RuntimeError))", "FailingText('a')"),
    *("[FailingText('a')]", "{FailingText: 1}", "[('a', FailingText('b'))]", "decimal.Decimal('1.5')"),
    *("2**40", "Collecting()", "[Collecting()]"),
)
# Nobody may keep such an exception to himself.
INTERRUPTING = (
    *("Any(KeyboardInterrupt)", "Any(0, KeyboardInterrupt)", "Any('a', KeyboardInterrupt)", "[Any(KeyboardInterrupt)]"),
    *("Any(Any(KeyboardInterrupt))", "{'a': Any(KeyboardInterrupt)}", "('a', Any(KeyboardInterrupt))"),
    *("InterruptingText('a')", "[InterruptingText('a')]", "[('a', InterruptingText('b'))]"),
)
CHANGING = (
    *("Changing()", "Changing(1)", "Changing('a')", "[Changing(), 1, 2]", "[Changing('a'), 'b', 'c']", "Text('a')"),
    *("[Text('a'), 'b', 'c']", "[(Text('a'), 1), ('b', 2), ('c', 3)]", "{'a': Changing(), 'b': 1}", "{Changing(): 1}"),
    *("[Changing(RuntimeError), 1]", "{'a': Changing(RuntimeError), 'b': 1}"),
)
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
