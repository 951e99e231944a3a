"""The shadow language: domains are classes, their rules methods that watch events.

A rule's function runs once, at load, with an `Event` whose attributes are terms; what it computes is recorded and
staged (see `staging.py`). There is no Python where programs are checked.

    class Bounds(Domain):
        '''Accesses inside their objects.'''

        name = "bounds"

        @demand("load", code="bounds.read", message="`{text}` reads {size} of {object}")
        def inside(self, event):
            return (event.pointer.offset >= 0) & (event.pointer.offset + event.size <= event.pointer.object.size)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from gnomon.analysis.shadows.expression import Operand, RuleError, Term, field

EVENTS = frozenset(
    {"load", "store", "arithmetic", "cast", "branch", "call", "release", "allocate", "assertion", "end_of_entry"}
)

# What the instruction alone determines: only these may stand in a `when`.
STATIC_FIELDS = frozenset(
    {"size", "operator_", "bits", "is_signed", "is_float", "type_minimum", "type_maximum", "right_constant_known"}
)

# Kinds of objects, in the order of native/shadow/table.h.
HEAP, LOCAL, GLOBAL, LITERAL, INPUT, OPAQUE, FUNCTION = range(7)

# Operators, in the order of native/ir/program.h; 100 is the unary minus.
ADD, SUBTRACT, MULTIPLY, DIVIDE, REMAINDER, SHIFT_LEFT, SHIFT_RIGHT = range(7)
NEGATE = 100


class Object:
    """The object that a pointer points into."""

    __slots__ = ()
    size = field("object_size")  # bytes
    alive = field("object_alive")  # 0 after free, or after its scope was left
    kind = field("object_kind")
    writable = field("object_writable")


class Pointer:
    """A pointer: null, or an object and an offset in bytes from its start."""

    __slots__ = ()
    is_null = field("pointer_is_null")
    offset = field("pointer_offset")
    object = Object()


class Event:
    """What a rule sees. Which fields mean something depends on the kind of event."""

    __slots__ = ()
    size = field("size")  # bytes accessed, or allocated
    operator = field("operator_")
    bits = field("bits")
    is_signed = field("is_signed")
    is_float = field("is_float")
    minimum = field("type_minimum")  # of the operation's type
    maximum = field("type_maximum")
    left = field("left")
    right = field("right")
    condition = field("condition")
    value = field("value")
    pointer = Pointer()
    kind = field("object_kind")  # of the object that an `allocate` makes

    def shadow(self, of: str) -> Term:
        """The domain's shadow bit of "left", "right", "condition", "pointer", "value", "bytes" or "size"."""
        if of not in ("left", "right", "condition", "pointer", "value", "bytes", "size"):
            raise RuleError(f"there is no shadow of {of!r}")
        return field(f"shadow_{of}")

    def __getattr__(self, name: str) -> Term:
        raise RuleError(f"an event has no field {name!r}")


Rule = Callable[[Any, Event], Operand]
AnyRule = TypeVar("AnyRule", bound=Rule)


@dataclass(frozen=True, slots=True)
class DemandMark:
    event: str
    code: str
    message: str
    when: Term | None


@dataclass(frozen=True, slots=True)
class UpdateMark:
    event: str
    when: Term | None


def demand(on: str, *, code: str, message: str, when: Term | None = None) -> Callable[[AnyRule], AnyRule]:
    """The rule's result must be non-zero at every event `on` for which `when` holds.

    `message` is a sentence with fields of the event in braces, and `text` (the source), `object` (its description).
    Rules may carry several demands.
    """
    _check_event(on)

    def mark(rule: AnyRule) -> AnyRule:
        rule.__dict__.setdefault("marks", []).append(DemandMark(on, code, message, when))
        return rule

    return mark


def update(on: str, *, when: Term | None = None) -> Callable[[AnyRule], AnyRule]:
    """The rule's result becomes the shadow bit of the event's result, or of the new object's bytes."""
    _check_event(on)

    def mark(rule: AnyRule) -> AnyRule:
        rule.__dict__.setdefault("marks", []).append(UpdateMark(on, when))
        return rule

    return mark


def _check_event(name: str) -> None:
    if name not in EVENTS:
        raise RuleError(f"there is no event {name!r}; there are {', '.join(sorted(EVENTS))}")


class Domain:
    """A kind of shadow and its rules. `layer` True: one bit beside every value and every byte.

    Loads take the union of the bytes' bits, stores spread the value's, arithmetic takes the union of its operands,
    copies copy; `update` rules override.
    """

    name: str = ""
    layer: bool = False

    def rules(self) -> list[Rule]:
        """Rules in the order in which they are written."""
        found = [
            value for base in reversed(type(self).__mro__) for value in vars(base).values() if hasattr(value, "marks")
        ]
        return [rule.__get__(self) for rule in found]
