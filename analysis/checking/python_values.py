"""Objects of Python, put together from the inputs of a witness, which say piece by piece what each object is.

Each object has a number, as models/cpython_any.c gives them: an item's is its container's with five bits more, what the
n-th call of a method gives is item n of the instance. What was not chosen is as plain as can be.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from gnomon.analysis.checking.finding import InputValue, Value

_BACK, BACK_AT_END = "calls back", "calls back at its end"
_EMPTIES = "empties"
_PIECES = frozenset(
    ("arguments", "shared", "kind", "value", "text", "kind of text", "length", "raises", _BACK, BACK_AT_END, _EMPTIES)
)
_FIRST_ID = 0x100
BITS = 5  # of an item's number within its container's
_DEEPEST_ID = 0xFFFFF  # what is nested deeper is an int
_HUGE = "2**1100"  # as models/cpython_int.c has it: no double is so large
_OTHER_TEXTS = ("", "\xe9", "\u0394", "\U0001f600", "\udc80")  # by "kind of text", as models/cpython_str.c has them

_SHARED = {1: "None", 2: "True"}


@dataclass(frozen=True, slots=True)
class Plain:
    """What Python writes as a literal, or nearly."""

    text: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list or a tuple."""

    brackets: str
    items: tuple[PythonValue, ...]


@dataclass(frozen=True, slots=True)
class Mapping:
    """A dict."""

    pairs: tuple[tuple[PythonValue, PythonValue], ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of a call of a method; None raises RuntimeError. Before that, it calls the extension again, or empties the list
    or dict of that number."""

    value: PythonValue | None
    calls_back: bool = False
    empties: int = 0


@dataclass(frozen=True, slots=True)
class Instance:
    """An instance of a class made for it: each call of one of its methods has the next of the outcomes. Its `__del__`
    may call the extension again."""

    outcomes: tuple[Outcome, ...]
    calls_back_at_end: bool = False

    @property
    def calls_back(self) -> bool:
        return self.calls_back_at_end or any(outcome.calls_back or outcome.empties for outcome in self.outcomes)


PythonValue = Plain | Items | Mapping | Instance

ANYTHING = Plain("object()")  # nothing was asked of it


def is_piece(chosen: InputValue) -> bool:
    """Does an input say what an object of Python is?"""
    return bool(chosen.reader) and chosen.number >= _FIRST_ID and chosen.name in _PIECES


def is_part(number: int, whole: int) -> bool:
    """Is an object another one, or inside it?"""
    while number > whole:
        number >>= BITS
    return number == whole


def child(number: int, index: int) -> int:
    return (number << BITS) + index


def written(value: PythonValue) -> str:
    """The expression of a script; instances are of its class `Any`."""
    return _text(value, _constructed)


def told(value: PythonValue) -> str:
    """The same for a person who has no script."""
    return _text(value, _described)


def parts_of(value: PythonValue) -> Iterator[PythonValue]:
    """The value and all that is inside."""
    yield value
    match value:
        case Items(items=inside):
            pass
        case Mapping(pairs=pairs):
            inside = tuple(part for pair in pairs for part in pair)
        case Instance(outcomes=outcomes):
            inside = tuple(outcome.value for outcome in outcomes if outcome.value is not None)
        case Plain():
            inside = ()
    for part in inside:
        yield from parts_of(part)


def with_objects(value: PythonValue) -> Iterator[PythonValue]:
    """The value with a plain `object()`, the smallest there is, in place of each of the objects in it."""
    yield ANYTHING
    if isinstance(value, Items):
        items = value.items
        for i, item in enumerate(items):
            yield from (Items(value.brackets, (*items[:i], one, *items[i + 1 :])) for one in with_objects(item))


class Objects:
    """The objects that the inputs of a witness describe."""

    def __init__(self, inputs: Iterable[InputValue]) -> None:
        self._pieces: dict[tuple[int, str], Value] = {(i.number, i.name): i.value for i in inputs if is_piece(i)}

    def count(self, number: int) -> int:
        """Of the arguments of a call."""
        return self._integer(number, "arguments")

    def object(self, number: int) -> PythonValue:
        shared = self._integer(number, "shared")
        if shared in _SHARED:
            return Plain(_SHARED[shared])
        if number > _DEEPEST_ID:
            return Plain(repr(self._integer(number, "value")))
        if (number, "kind") not in self._pieces:
            return ANYTHING
        return self._of_kind(self._integer(number, "kind"), number)

    def _of_kind(self, kind: int, number: int) -> PythonValue:
        """In the order of the kinds in models/cpython_any.c."""
        match kind:
            case 0:
                return Plain(repr(self._integer(number, "value")))
            case 1:
                return Plain(repr(self._string(number)))
            case 2:
                return Instance(tuple(self._outcomes(number)), bool(self._integer(number, BACK_AT_END)))
            case 3:
                return Items("[]", self._items(number))
            case 4:
                return Plain(repr(self._bytes(number)))
            case 5:
                return Items("()", self._items(number))
            case 6:
                return Plain(_float(self._pieces.get((number, "value"), 0.0)))
            case 7:
                return Mapping(tuple(self._pairs(number)))
            case 8:
                return Plain(_HUGE if self._integer(number, "value") >= 0 else f"-{_HUGE}")
            case _:
                return Plain(repr(bytearray(self._bytes(number))))

    def _items(self, number: int) -> tuple[PythonValue, ...]:
        return tuple(self.object(child(number, i)) for i in range(self._integer(number, "length")))

    def _pairs(self, number: int) -> Iterator[tuple[PythonValue, PythonValue]]:
        """A key that is there already is another one."""
        keys: set[str] = set()
        for i in range(self._integer(number, "length")):
            text = self._bytes(child(number, 2 * i)).decode("ascii")
            key = next(key for key in (text, *"abc") if key not in keys)
            keys.add(key)
            yield Plain(repr(key)), self.object(child(number, 2 * i + 1))

    def _outcomes(self, number: int) -> Iterator[Outcome]:
        """Of as many calls as were made."""
        calls = [called for called, name in self._pieces if name == "raises" and called >> BITS == number]
        for i in range(max(calls, default=child(number, 0) - 1) - child(number, 0) + 1):
            called = child(number, i)
            value = None if self._integer(called, "raises") else self.object(called)
            yield Outcome(value, bool(self._integer(called, _BACK)), self._container(self._integer(called, _EMPTIES)))

    def _container(self, number: int) -> int:
        """The number, where it is one of a list or a dict."""
        return number if self._integer(number, "kind") in (3, 7) else 0

    def _string(self, number: int) -> str:
        kind = self._integer(number, "kind of text")
        return _OTHER_TEXTS[kind] if kind else self._bytes(number).decode("utf-8", "surrogateescape")

    def _bytes(self, number: int) -> bytes:
        value = self._pieces.get((number, "text"), b"")
        return value if isinstance(value, bytes) else b""

    def _integer(self, number: int, name: str) -> int:
        value = self._pieces.get((number, name), 0)
        return value if isinstance(value, int) else 0


def _float(value: Value) -> str:
    number = float(value) if isinstance(value, int | float) else 0.0
    return repr(number) if math.isfinite(number) else f'float("{number}")'


def _text(value: PythonValue, of_instance: Callable[[Instance], str]) -> str:
    match value:
        case Plain(text=text):
            return text
        case Items(brackets=brackets, items=items):
            inside = ", ".join(_text(item, of_instance) for item in items)
            return f"{brackets[0]}{inside}{',' if brackets == '()' and len(items) == 1 else ''}{brackets[1]}"
        case Mapping(pairs=pairs):
            written_pairs = (f"{_text(key, of_instance)}: {_text(one, of_instance)}" for key, one in pairs)
            return f"{{{', '.join(written_pairs)}}}"
        case Instance():
            return of_instance(value)


def _constructed(value: Instance) -> str:
    name = "AnyAtEnd" if value.calls_back_at_end else "Any"
    return f"{name}({', '.join(map(_outcome, value.outcomes))})"


def _outcome(outcome: Outcome) -> str:
    text = "RuntimeError" if outcome.value is None else written(outcome.value)
    return f"Back({text})" if outcome.calls_back or outcome.empties else text


def _described(value: Instance) -> str:
    does = ", then ".join(
        ("call back and " if outcome.calls_back else "empty a container and " if outcome.empties else "")
        + ("raise RuntimeError" if outcome.value is None else f"give {told(outcome.value)}")
        for outcome in value.outcomes
    )
    of_end = "whose __del__ calls back" if value.calls_back_at_end else ""
    described = [*([f"whose methods {does}"] if does else []), *([of_end] if of_end else [])]
    return f"<an object{' ' if described else ''}{', and '.join(described)}>"
