"""From the edges of a C extension to entries: what Python does to load the module, to make objects, and to call them.

Each history begins with the module's own start, and makes what it needs by the types' own constructors; around the
calls of the project's functions stand those of models/cpython_harness.c, which pass any objects and look at what comes
back.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from gnomon.analysis.boundary.binding import Binding
from gnomon.analysis.checking.entry import (
    AddressArgument,
    Argument,
    ConstantArgument,
    Entry,
    EntryStep,
    IntegerArgument,
    NoEntry,
    NullArgument,
    ResultArgument,
)
from gnomon.analysis.syntax.csource import CFunction

METH_VARARGS, METH_KEYWORDS, METH_NOARGS, METH_O = 1, 2, 4, 8
METH_CLASS, METH_STATIC, METH_FASTCALL, METH_METHOD = 16, 32, 128, 512

INIT = "PyInit_"
MOST_PAIRS = 64  # of calls of one type, one after the other: each is a history
FIRST_ID = 0x100  # of any objects: see models/cpython.h

ANY = "any"  # an argument: any object
ARGUMENTS = "arguments"  # a tuple of them
SELF = "self"


@dataclass(frozen=True, slots=True)
class Shape:
    """How Python calls a slot: the arguments, how a script writes it, and who looks at the result."""

    arguments: tuple[str | Argument, ...]
    python: str
    end: str = "gnomon_end_call"


_STATUS, _SIZE = "gnomon_end_status", "gnomon_end_size"  # of functions that return an int, or a Py_ssize_t
_INDEX = IntegerArgument("index", 64, True)
_BINARY = {
    "nb_add": "+", "nb_subtract": "-", "nb_multiply": "*", "nb_remainder": "%", "nb_lshift": "<<", "nb_rshift": ">>",
    "nb_and": "&", "nb_xor": "^", "nb_or": "|", "nb_floor_divide": "//", "nb_true_divide": "/",
    "nb_matrix_multiply": "@",
}  # fmt: skip
_UNARY = {"nb_negative": "-made", "nb_positive": "+made", "nb_invert": "~made", "nb_absolute": "abs(made)"}
_COMPARISONS = ("<", "<=", "==", "!=", ">", ">=")

SHAPES: dict[str, tuple[Shape, ...]] = {
    "tp_repr": (Shape((SELF,), "repr(made)"),),
    "tp_str": (Shape((SELF,), "str(made)"),),
    "tp_call": (Shape((SELF, ARGUMENTS, NullArgument()), "made({*})"),),
    "tp_iter": (Shape((SELF,), "iter(made)"),),
    "tp_iternext": (Shape((SELF,), "next(made, None)", "gnomon_end_next"),),
    "tp_hash": (Shape((SELF,), "hash(made)", "gnomon_end_hash"),),
    "nb_int": (Shape((SELF,), "int(made)"),),
    "nb_float": (Shape((SELF,), "float(made)"),),
    "nb_index": (Shape((SELF,), "made.__index__()"),),
    "nb_bool": (Shape((SELF,), "bool(made)", _STATUS),),
    "sq_length": (Shape((SELF,), "len(made)", _SIZE),),
    "mp_length": (Shape((SELF,), "len(made)", _SIZE),),
    "mp_subscript": (Shape((SELF, ANY), "made[{0}]"),),
    "mp_ass_subscript": (
        Shape((SELF, ANY, ANY), "made[{0}] = {1}", _STATUS),
        Shape((SELF, ANY, NullArgument()), "del made[{0}]", _STATUS),
    ),
    "sq_item": (Shape((SELF, _INDEX), "made[{0}]"),),
    "sq_ass_item": (
        Shape((SELF, _INDEX, ANY), "made[{0}] = {1}", _STATUS),
        Shape((SELF, _INDEX, NullArgument()), "del made[{0}]", _STATUS),
    ),
    "sq_contains": (Shape((SELF, ANY), "{0} in made", _STATUS),),
    "sq_concat": (Shape((SELF, ANY), "made + {0}"),),
    "sq_inplace_concat": (Shape((SELF, ANY), "made += {0}"),),
    "sq_repeat": (Shape((SELF, _INDEX), "made * {0}"),),
    "tp_richcompare": tuple(
        Shape((SELF, ANY, ConstantArgument(number)), f"made {operator} {{0}}")
        for number, operator in enumerate(_COMPARISONS)
        if operator in ("<", "==")
    ),
    **{slot: (Shape((SELF,), python),) for slot, python in _UNARY.items()},
    **{
        slot: (Shape((SELF, ANY), f"made {operator} {{0}}"), Shape((ANY, SELF), f"{{0}} {operator} made"))
        for slot, operator in _BINARY.items()
    },
    **{
        slot.replace("nb_", "nb_inplace_"): (Shape((SELF, ANY), f"made {operator}= {{0}}"),)
        for slot, operator in _BINARY.items()
    },
}
_HIDDEN_BY = {"sq_item": "mp_subscript", "sq_ass_item": "mp_ass_subscript"}  # Python asks these first


@dataclass(slots=True)
class _History:
    """Steps in the making. What Python holds is let go at the end, the last first."""

    steps: list[EntryStep] = field(default_factory=list)
    held: list[EntryStep] = field(default_factory=list)  # that let go of what is held
    roots: int = 0

    def copy(self) -> _History:
        return _History(list(self.steps), list(self.held), self.roots)

    def add(self, function: str, *arguments: Argument, python: str = "") -> ResultArgument:
        self.steps.append(EntryStep(function, arguments, python))
        return ResultArgument(len(self.steps) - 1)

    def new_id(self) -> ConstantArgument:
        self.roots += 1
        return ConstantArgument(FIRST_ID + self.roots - 1)

    def any(self) -> ResultArgument:
        return self.hold(self.add("gnomon_argument", self.new_id()))

    def arguments(self) -> ResultArgument:
        return self.hold(self.add("gnomon_arguments", self.new_id()))

    def hold(self, result: ResultArgument, function: str = "gnomon_drop") -> ResultArgument:
        self.held.append(EntryStep(function, (result,), ""))
        return result

    def ended(self) -> tuple[EntryStep, ...]:
        return (*self.steps, EntryStep("gnomon_over", (), ""), *reversed(self.held))


def capi_entries(
    bindings: Sequence[Binding],
    functions: Sequence[CFunction],
    static_types: Collection[str],
    executed: Mapping[str, Sequence[str]],
    changes: Callable[[Entry], bool],
) -> tuple[list[Entry], list[NoEntry]]:
    """Entries of module functions, methods, getters and slots.

    `static_types` are the keys of the PyTypeObjects; other types are made from specifications as the module is loaded.
    `executed` are the functions, by key, that definitions of modules in a file name for the second phase of loading.
    `changes` is asked of a history: may its last call change memory that a later one sees?
    """
    return _Extensions(functions, static_types, executed, changes).entries(bindings)


class _Extensions:
    def __init__(
        self,
        functions: Sequence[CFunction],
        static_types: Collection[str],
        executed: Mapping[str, Sequence[str]],
        changes: Callable[[Entry], bool],
    ) -> None:
        self._by_key = {f.key: f for f in functions if f.is_definition and f.is_lowered}
        self._inits = {f.name: f.key for f in self._by_key.values() if f.name.startswith(INIT)}
        self._static_types = static_types
        self._executed = executed
        self._changes = changes
        self._refused: list[NoEntry] = []

    def entries(self, bindings: Sequence[Binding]) -> tuple[list[Entry], list[NoEntry]]:
        found: list[Entry] = [*self._starts(bindings)]
        for binding in bindings:
            if binding.kind == "function" and binding.native_key in self._by_key:
                begun = self._loaded(binding)
                if begun is not None:
                    history, module = begun
                    found += self._called(binding, history, module, binding.python, (binding.native_key,))
        for binding in bindings:
            if binding.kind == "type":
                found += self._of_type(binding, [b for b in bindings if b.owner == binding.owner])
        return found, self._refused

    def _starts(self, bindings: Sequence[Binding]) -> Iterator[Entry]:
        """Loading each module."""
        for module in dict.fromkeys(b.module for b in bindings if b.module):
            key = self._inits.get(INIT + module.rsplit(".", 1)[-1])
            if key is not None:
                steps = (
                    EntryStep(key, (), f"import {module}"),
                    EntryStep("gnomon_loaded", (ResultArgument(0),), ""),
                    EntryStep("gnomon_stay_loaded", (), ""),
                )
                path = self._by_key[key].path
                asked = (key, *(each for each in self._executed.get(path, ()) if each in self._by_key))
                yield Entry(module, "capi", steps, module, "", (path,), asked=asked)

    def _loaded(self, binding: Binding) -> tuple[_History, Argument] | None:
        """What loads the module, and the module."""
        init = self._inits.get(INIT + binding.module.rsplit(".", 1)[-1])
        if init is None:
            if binding.native_key:
                self._refused.append(NoEntry(binding.native_key, "the start of its module was not found"))
            return None
        history = _History()
        result = history.add(init)
        return history, history.add("gnomon_loaded", result)

    def _entry(self, binding: Binding, history: _History, asked: tuple[str, ...]) -> Entry:
        steps = history.ended()
        sources = tuple(dict.fromkeys(self._by_key[s.function].path for s in steps if s.function in self._by_key))
        return Entry(binding.python, "capi", steps, binding.module, "", sources, asked=asked)

    def _called(
        self, binding: Binding, history: _History, receiver: Argument, python: str, asked: tuple[str, ...]
    ) -> Iterator[Entry]:
        """Entries that end with the call of a function of a method table."""
        arguments = _given(history, binding.flags, receiver)
        if arguments is None:
            self._refused.append(NoEntry(binding.native_key, f"calling convention {binding.flags:#x} is not modelled"))
            return
        taken = _taken(self._by_key[binding.native_key], (receiver, *arguments))
        result = history.add(binding.native_key, *taken, python=python)
        history.add("gnomon_end_call", result)
        yield self._entry(binding, history, asked)

    # Types

    def _of_type(self, binding: Binding, members: Sequence[Binding]) -> Iterator[Entry]:
        begun = self._loaded(binding)
        if begun is None:
            return
        history, _ = begun
        address: Argument = AddressArgument(binding.owner)
        if binding.owner not in self._static_types:
            address = history.add("gnomon_type_of", address)
        made = history.add("gnomon_new_instance", address, history.arguments(), python=binding.python)
        history.hold(made)
        slots = dict(binding.slots)
        constructors = [slots[name] for name in ("tp_new", "tp_init", "tp_dealloc") if slots.get(name) in self._by_key]
        if constructors:
            yield self._entry(binding, history.copy(), tuple(constructors))
        calls = [*self._method_calls(members, made), *self._slot_calls(binding, made)]
        dealloc = tuple(key for name, key in binding.slots if name in ("tp_dealloc", "tp_finalize", "tp_clear"))
        short = [(call, self._with(history, [call], dealloc)) for call in calls]
        between = [call for call, entry in short if entry is not None and self._may_stand_between(history, call)]
        if len(between) * len(calls) > MOST_PAIRS:
            between = []
        yield from (entry for _, entry in short if entry is not None)
        for first in between:
            for call in calls:
                entry = self._with(history, [first, call], dealloc)
                if entry is not None:
                    yield entry

    def _with(self, history: _History, calls: Sequence[_Call], dealloc: tuple[str, ...]) -> Entry | None:
        """The history with these calls; asked is what the last one leads to, and what lets the object go."""
        longer = history.copy()
        for call in calls:
            if not call.add(longer):
                return None
        return self._entry(calls[-1].binding, longer, (calls[-1].function, *dealloc))

    def _may_stand_between(self, history: _History, call: _Call) -> bool:
        longer = history.copy()
        call.add(longer)
        last = next(i for i in reversed(range(len(longer.steps))) if longer.steps[i].function == call.function)
        return self._changes(Entry("", "capi", tuple(longer.steps[: last + 1])))

    def _method_calls(self, members: Iterable[Binding], made: ResultArgument) -> Iterator[_Call]:
        for binding in members:
            if binding.native_key not in self._by_key:
                continue
            name = "made." + binding.python.rsplit(".", 1)[-1]
            if binding.kind == "method" and not binding.flags & (METH_CLASS | METH_STATIC):
                if _given(_History(), binding.flags, made) is None:
                    reason = f"calling convention {binding.flags:#x} is not modelled"
                    self._refused.append(NoEntry(binding.native_key, reason))
                else:
                    yield _Call(binding, self._by_key[binding.native_key], made, None, f"{name}({{*}})")
            elif binding.kind == "getset":
                shape = Shape((SELF, NullArgument()), name)
                yield _Call(binding, self._by_key[binding.native_key], made, shape, name)

    def _slot_calls(self, binding: Binding, made: ResultArgument) -> Iterator[_Call]:
        slots = dict(binding.slots)
        for slot, key in binding.slots:
            is_hidden = _HIDDEN_BY.get(slot) in slots
            for shape in SHAPES.get(slot, ()) if key in self._by_key and not is_hidden else ():
                yield _Call(binding, self._by_key[key], made, shape, shape.python)


@dataclass(frozen=True, slots=True)
class _Call:
    """Of a method (without a shape) or a slot."""

    binding: Binding
    native: CFunction
    made: ResultArgument
    shape: Shape | None
    python: str

    @property
    def function(self) -> str:
        return self.native.key

    def add(self, history: _History) -> bool:
        if self.shape is None:
            arguments = _given(history, self.binding.flags, self.made)
            if arguments is None:
                return False
            result = history.add(self.function, *_taken(self.native, (self.made, *arguments)), python=self.python)
            history.add("gnomon_end_call", result)
            return True
        given: list[Argument] = []
        for argument in self.shape.arguments:
            if argument == SELF:
                given.append(self.made)
            elif argument == ANY:
                given.append(history.any())
            elif argument == ARGUMENTS:
                given.append(history.arguments())
            elif not isinstance(argument, str):
                given.append(argument)
        result = history.add(self.function, *_taken(self.native, tuple(given)), python=self.python)
        history.add(self.shape.end, result)
        return True


def _taken(function: CFunction, arguments: tuple[Argument, ...]) -> tuple[Argument, ...]:
    """Those that the function takes: method tables hold casts of functions that do without the last ones."""
    return arguments if function.type is None else arguments[: len(function.type.parameters)]


def _given(history: _History, flags: int, receiver: Argument) -> tuple[Argument, ...] | None:
    """The arguments behind the receiver, by the calling convention; None for one that is not modelled."""
    convention = flags & ~(METH_CLASS | METH_STATIC)
    if convention == METH_VARARGS:
        return (history.arguments(),)
    if convention == METH_VARARGS | METH_KEYWORDS:
        return (history.arguments(), NullArgument())
    if convention == METH_NOARGS:
        return (NullArgument(),)
    if convention == METH_O:
        return (history.any(),)
    if convention & ~(METH_KEYWORDS | METH_METHOD) != METH_FASTCALL:
        return None
    defining = (history.add("gnomon_class", receiver),) if convention & METH_METHOD else ()
    number = history.new_id()
    vector = history.hold(history.add("gnomon_vector", number), "gnomon_drop_vector")
    count = history.add("gnomon_count", vector, number)
    return (*defining, vector, count, *([NullArgument()] if convention & METH_KEYWORDS else []))
