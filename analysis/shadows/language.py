"""The shadow language: domains are classes, their rules methods that watch events.

A rule's function runs once, at load, with an `Event` whose attributes are terms; what it computes is recorded and
staged (see `staging.py`). There is no Python where programs are checked.

    class Bounds(Domain):
        '''Accesses inside their objects.'''

        name = "bounds"

        @demand("load", code="bounds.read", message="`{text}` reads {size} of {object}")
        def inside(self, event):
            return (event.pointer.offset >= 0) & (event.pointer.offset + event.size <= event.pointer.object.size)

docs/shadow-domains.md writes one from nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from gnomon.analysis.shadows.expression import Operand, RuleError, Term, field

# In the order of native/shadow/table.h, which says what each of them is.
EVENTS = (
    "load",
    "store",
    "arithmetic",
    "cast",
    "branch",
    "call",
    "release",
    "allocate",
    "assertion",
    "end_of_entry",
    "return",
    "called",
    "copy",
    "read",
    "input",
    "number_left",
    "scope_end",
    "returned",
)

# What the instruction alone determines: only these may stand in a `when`.
STATIC_FIELDS = frozenset(
    {
        *("size", "operator_", "bits", "is_signed", "is_float", "type_minimum", "type_maximum", "right_constant_known"),
        *(
            "is_library",
            "is_indirect",
            "is_pointer",
            "is_explicit",
            "is_copied",
            "is_view",
            "slot",
            "is_discarded",
            "from_bits",
            "from_is_signed",
            "from_is_float",
        ),
    }
)

# Kinds of objects, in the order of native/shadow/table.h.
HEAP, LOCAL, GLOBAL, LITERAL, INPUT, OPAQUE, FUNCTION, VARIABLE = range(8)

# Operators, in the order of native/ir/program.h; the unary ones follow from 100.
ADD, SUBTRACT, MULTIPLY, DIVIDE, REMAINDER, SHIFT_LEFT, SHIFT_RIGHT, BIT_AND, BIT_OR, BIT_XOR = range(10)
EQUAL, NOT_EQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL = range(10, 16)
NEGATE, BIT_NOT, LOGICAL_NOT = range(100, 103)

SHADOWS = ("left", "right", "condition", "pointer", "value", "bytes", "whole", "size", "text")


class Object:
    """The object that a pointer points into."""

    __slots__ = ("alive", "counted", "kind", "number", "reachable", "size", "state", "writable")

    def __init__(self, argument: int = 0) -> None:
        self.size = field("object_size", argument)  # bytes
        self.alive = field("object_alive", argument)  # 0 after free, or after its scope was left
        self.kind = field("object_kind", argument)
        self.writable = field("object_writable", argument)
        self.number = field("object_number", argument)  # equal for equal objects
        self.state = field("object_state", argument)  # the domain's number beside it, 0 at first
        self.counted = field("object_counted", argument)  # it begins with a reference count: an object of Python
        self.reachable = field("object_reachable", argument)  # at the end of the entry: something refers to it


class Pointer:
    """A pointer: null, or an object and an offset in bytes from its start."""

    __slots__ = ("is_null", "object", "offset")

    def __init__(self, argument: int = 0) -> None:
        self.is_null = field("pointer_is_null", argument)
        self.offset = field("pointer_offset", argument)
        self.object = Object(argument)


class Argument:
    """An argument of a call."""

    __slots__ = ("_number", "is_converted", "pointer", "value")

    def __init__(self, number: int) -> None:
        self._number = number
        self.value = field("value", number)
        self.pointer = Pointer(number)
        self.is_converted = field("is_converted", number)  # it was signed before it was passed

    def shadow(self) -> Term:
        """The domain's shadow bit of the argument."""
        return field("shadow_value", self._number)


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
    # Of a cast: how it was written, what it converts, and whether the value lies in the range of the new type.
    is_explicit = field("is_explicit")
    from_bits = field("from_bits")
    from_is_signed = field("from_is_signed")
    from_is_float = field("from_is_float")
    fits = field("fits")
    # Of a call; of an input: is it chosen in a function of the library?
    is_library = field("is_library")
    is_indirect = field("is_indirect")
    callee_fits = field("callee_fits")  # the function takes and gives what the call passes and expects
    is_converted = field("is_converted")  # of the argument that the rule is about
    # Of a load, and of the read of a variable: the value goes into another place, untouched; or into a variable that
    # gets another value before it is read.
    is_copied = field("is_copied")
    is_view = field("is_view")  # a field of what is taken for an object of Python
    view_fits = field("view_fits")  # the object is of such a type, as far as its type is known
    is_discarded = field("is_discarded")
    slot = field("slot")  # of what is returned: which one the function may fill, by its type
    # Of a return.
    is_pointer = field("is_pointer")
    number_state = field("number_state")  # the domain's number beside the event's value, 0 at first
    is_leaked = field("is_leaked")  # of a block that is left: nobody ever takes its count down to nothing
    is_held = field("is_held")  # of a number that is left: something that is still there may stand for it
    format_given = field("format_given")  # the argument is a format, and every conversion has an argument
    format_fits = field("format_fits")  # and of the type that it asks for
    to_world = field("to_world")  # to whoever calls the program
    stack_size = field("stack_size")  # bytes of the locals of all frames, with the one that an `allocate` makes
    state = field("thread_state")  # the domain's number beside the thread, 0 at first

    def argument(self, index: int) -> Argument:
        """An argument of a call, counted from 0."""
        return Argument(index + 1)

    def shadow(self, of: str) -> Term:
        """The domain's bit of "left", "right", "condition", "pointer", "value", "bytes", "whole", "size" or "text".

        Of what is loaded, "bytes" is set when one of the bytes has it, "whole" when all have it; "text" when one has it
        of those from the event's pointer up to a NUL.
        """
        if of not in SHADOWS:
            raise RuleError(f"there is no shadow of {of!r}")
        return field(f"shadow_{of}")

    def __getattr__(self, name: str) -> Term:
        raise RuleError(f"an event has no field {name!r}")


Rule = Callable[[Any, Event], Operand]
AnyRule = TypeVar("AnyRule", bound=Rule)
Target = Literal["value", "object", "thread", "number"]


@dataclass(frozen=True, slots=True)
class DemandMark:
    event: str
    code: str
    message: str
    when: Term | None
    functions: tuple[str, ...]
    argument: int  # counted from 1; 0: none


@dataclass(frozen=True, slots=True)
class UpdateMark:
    event: str
    when: Term | None
    of: Target
    functions: tuple[str, ...]
    argument: int


def demand(
    on: str,
    *,
    code: str,
    message: str,
    when: Term | None = None,
    functions: Sequence[str] = (),
    argument: int | None = None,
) -> Callable[[AnyRule], AnyRule]:
    """The rule's result must be non-zero at every event `on` for which `when` holds.

    `message` is a sentence with fields of the event in braces, and `text` (the source), `object` (its description),
    `function` (that is called). `functions` limits calls to functions of these names, and other events to what happens
    in them; `argument` (counted from 0) makes an argument of the call the event's `value` and `pointer`. Rules may
    carry several demands.
    """
    _check_event(on)

    def mark(rule: AnyRule) -> AnyRule:
        made = DemandMark(on, code, message, when, tuple(functions), _counted(argument))
        rule.__dict__.setdefault("marks", []).append(made)
        return rule

    return mark


def update(
    on: str,
    *,
    of: Target = "value",
    when: Term | None = None,
    functions: Sequence[str] = (),
    argument: int | None = None,
) -> Callable[[AnyRule], AnyRule]:
    """The rule's result becomes the shadow bit of the event's result, or of the new object's bytes; with `of`, the
    number (0 to 255) beside the object that the event's pointer points into, beside the thread, or beside the integer
    that is the event's value. Numbers change at `call` and `called`. `functions` and `argument` are those of `demand`.
    """
    _check_event(on)
    if of != "value" and on not in ("call", "called"):
        raise RuleError(f"the number beside the {of} changes at calls, not at {on!r}")

    def mark(rule: AnyRule) -> AnyRule:
        made = UpdateMark(on, when, of, tuple(functions), _counted(argument))
        rule.__dict__.setdefault("marks", []).append(made)
        return rule

    return mark


def _counted(argument: int | None) -> int:
    return 0 if argument is None else argument + 1


def _check_event(name: str) -> None:
    if name not in EVENTS:
        raise RuleError(f"there is no event {name!r}; there are {', '.join(EVENTS)}")


class Domain:
    """A kind of shadow and its rules. `layer` True: one bit beside every value and every byte.

    Loads take the union of the bytes' bits, stores spread the value's, arithmetic takes the union of its operands,
    copies copy; `update` rules override. `in_memory` False: the bit stays with values, and what is loaded has none.
    `state` True: a number beside every object, and one beside the thread.
    """

    name: str = ""
    layer: bool = False
    in_memory: bool = True
    state: bool = False

    def rules(self) -> list[Rule]:
        """Rules in the order in which they are written."""
        found = [
            value for base in reversed(type(self).__mro__) for value in vars(base).values() if hasattr(value, "marks")
        ]
        return [rule.__get__(self) for rule in found]
