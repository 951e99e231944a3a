"""From the edges of a C extension to entries: what Python does to load the module, to make objects, and to call them.

Each history begins with the module's own start, and makes what it needs by the types' own constructors; around the
calls of the project's functions stand those of models/cpython_harness.c, which pass any objects and look at what comes
back.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import product

from gnomon.analysis.boundary.binding import Binding
from gnomon.analysis.checking.capi_calls import GIVES_OBJECT, METH_CLASS, METH_STATIC, Call, given_to
from gnomon.analysis.checking.capi_history import MOST_ARGUMENTS, USUAL_ARGUMENTS, History
from gnomon.analysis.checking.capi_shapes import (
    AGAIN,
    COLLECTION,
    HIDDEN_BY,
    REFERS_WEAKLY,
    SELF,
    SHAPES,
    Shape,
    setting,
)
from gnomon.analysis.checking.entry import (
    AddressArgument,
    Argument,
    ConstantArgument,
    Entry,
    NoEntry,
    NullArgument,
    ResultArgument,
)
from gnomon.analysis.syntax.csource import CFunction

INIT = "PyInit_"
MOST_PAIRS = 64  # of calls of one type, one after the other: each is a history
MOST_LATE_PAIRS = 128
MOST_LATE = 512  # late entries of a workspace: the shortest
SETTER = ".__set__"


def capi_entries(
    bindings: Sequence[Binding],
    functions: Sequence[CFunction],
    static_types: Collection[str],
    executed: Mapping[str, Sequence[str]],
    arities: Mapping[str, int],
    changes: Callable[[Entry], bool],
) -> tuple[list[Entry], list[NoEntry]]:
    """Entries of module functions, methods, getters and slots.

    `static_types` are the keys of the PyTypeObjects; other types are made from specifications as the module is loaded.
    `executed` are the functions, by key, that definitions of modules in a file name for the second phase of loading.
    `arities` is how many arguments the formats in a function take, by its key.
    `changes` is asked of a history: may its last call change memory that a later one sees?
    """
    return _Extensions(functions, static_types, executed, arities, changes).entries(bindings)


class _Extensions:
    def __init__(
        self,
        functions: Sequence[CFunction],
        static_types: Collection[str],
        executed: Mapping[str, Sequence[str]],
        arities: Mapping[str, int],
        changes: Callable[[Entry], bool],
    ) -> None:
        self._by_key = {f.key: f for f in functions if f.is_definition and f.is_lowered}
        self._inits = {f.name: f.key for f in self._by_key.values() if f.name.startswith(INIT)}
        self._static_types = static_types
        self._executed = executed
        self._arities = arities
        self._changes = changes
        self._refused: list[NoEntry] = []

    def entries(self, bindings: Sequence[Binding]) -> tuple[list[Entry], list[NoEntry]]:
        found: list[Entry] = [*self._starts(bindings)]
        for binding in bindings:
            if binding.kind == "function" and binding.native_key in self._by_key:
                begun = self._loaded(binding)
                if begun is not None:
                    found += self._called(binding, *begun)
        for binding in bindings:
            if binding.kind == "type":
                found += self._of_type(binding, [b for b in bindings if b.owner == binding.owner])
        late = sorted((entry for entry in found if entry.is_late), key=lambda entry: len(entry.steps))
        return [*(entry for entry in found if not entry.is_late), *late[:MOST_LATE]], self._refused

    def _starts(self, bindings: Sequence[Binding]) -> Iterator[Entry]:
        """Loading each module; and where an allocation fails."""
        for module in dict.fromkeys(b.module for b in bindings if b.module):
            key = self._inits.get(INIT + module.rsplit(".", 1)[-1])
            if key is None:
                continue
            path = self._by_key[key].path
            asked = (key, *(each for each in self._executed.get(path, ()) if each in self._by_key))
            for is_late in (False, True):
                history = History().with_rare() if is_late else History()
                result = history.add(key, python=f"import {module}")
                history.add("gnomon_try_to_load" if is_late else "gnomon_loaded", result)
                if not is_late:  # what that loses, it loses once
                    history.add("gnomon_stay_loaded")
                yield Entry(module, "capi", history.ended(), module, "", (path,), asked=asked, is_late=is_late)

    def _loaded(self, binding: Binding) -> tuple[History, Argument] | None:
        """What loads the module, and the module."""
        init = self._inits.get(INIT + binding.module.rsplit(".", 1)[-1])
        if init is None:
            if binding.native_key:
                self._refused.append(NoEntry(binding.native_key, "the start of its module was not found"))
            return None
        history = History()
        result = history.add(init)
        return history, history.add("gnomon_loaded", result)

    def _entry(self, binding: Binding, history: History, asked: tuple[str, ...], is_late: bool = False) -> Entry:
        steps = history.ended()
        sources = tuple(dict.fromkeys(self._by_key[s.function].path for s in steps if s.function in self._by_key))
        return Entry(binding.python, "capi", steps, binding.module, "", sources, asked=asked, is_late=is_late)

    def _called(self, binding: Binding, history: History, receiver: Argument) -> Iterator[Entry]:
        """Entries that end with the call of a function of a method table."""
        call = Call(binding, self._by_key[binding.native_key], receiver, None, binding.python, self._most(binding))
        if self._is_modelled(binding):
            yield from self._histories(binding, history, [(call,)])
            yield from self._histories(binding, history.with_rare(), [(call,)], is_late=True)

    def _most(self, binding: Binding) -> int:
        """Arguments of a call, or of a type's constructor: one more than formats take, so that they refuse some."""
        slots = dict(binding.slots)
        keys = (binding.native_key, slots.get("tp_new", ""), slots.get("tp_init", ""))
        return min(MOST_ARGUMENTS, max(USUAL_ARGUMENTS, *(self._arities.get(key, 0) + 1 for key in keys)))

    def _is_modelled(self, binding: Binding) -> bool:
        is_modelled = given_to(History(), binding.flags, NullArgument()) is not None
        if not is_modelled:
            self._refused.append(NoEntry(binding.native_key, f"calling convention {binding.flags:#x} is not modelled"))
        return is_modelled

    def _histories(
        self,
        binding: Binding,
        history: History,
        several: Iterable[Sequence[Call]],
        also: tuple[str, ...] = (),
        is_late: bool = False,
    ) -> Iterator[Entry]:
        """The history with each of these series of calls; asked is what the last one leads to, and what is `also`."""
        for calls in several:
            longer = history.copy()
            for call in calls:
                call.add(longer)
            last = calls[-1] if calls else None
            asked = (last.function, *also) if last is not None else also
            yield self._entry(last.binding if last is not None else binding, longer, asked, is_late)

    # Types

    def _of_type(self, binding: Binding, members: Sequence[Binding]) -> Iterator[Entry]:
        begun = self._loaded(binding)
        if begun is None:
            return
        history, _ = begun
        address: Argument = AddressArgument(binding.owner)
        if binding.owner not in self._static_types:
            address = history.add("gnomon_type_of", address)
        by_type = {METH_CLASS: address, METH_STATIC: NullArgument()}
        for member in members:
            receiver = by_type.get(member.flags & (METH_CLASS | METH_STATIC)) if member.kind == "method" else None
            if receiver is not None and member.native_key in self._by_key:
                yield from self._called(member, history, receiver)
        bare = history.copy()
        arguments = history.arguments(self._most(binding))
        yield from self._constructed(binding, history, address, arguments)
        dealloc = _ends(binding)
        made = history.copy()
        instance = made.hold(made.add("gnomon_new_instance", address, arguments, python=binding.python))
        calls = [*self._method_calls(members, instance), *self._slot_calls(binding, members, instance)]
        yield from self._histories(binding, made, [(call,) for call in calls], dealloc)
        pairs = [(first, call) for first in calls if self._may_stand_between(made, first) for call in calls]
        if len(pairs) <= MOST_LATE_PAIRS:
            yield from self._histories(binding, made, pairs, dealloc, len(pairs) > MOST_PAIRS)
        rare = made.with_rare()
        yield from self._histories(binding, rare, [(call,) for call in calls], dealloc, is_late=True)
        with_same = [(same,) for call in calls if (same := call.with_itself()) is not None]
        yield from self._histories(binding, made, with_same, dealloc, is_late=True)
        yield from self._collected(binding, members, bare, address)
        if binding.has_weak_references and dealloc:
            weakly = made.copy()
            weakly.held.clear()
            reference = weakly.add("gnomon_refer_weakly", instance, python=REFERS_WEAKLY)
            weakly.add("gnomon_drop", instance, python="del made")
            weakly.add("gnomon_end_weakly", reference)
            yield self._entry(binding, weakly, dealloc, is_late=True)
        if "bf_getbuffer" in dict(binding.slots):
            yield from self._lent(binding, made, instance, [*calls, *self._again(binding, instance)], dealloc)
        yield from self._called_back(binding, bare, address, dealloc, members)
        if "tp_init" in dict(binding.slots):
            form = f"{binding.python}.__new__({binding.python}{{,*}})"
            alone = history.copy()
            alone.hold(alone.add("gnomon_new_alone", address, arguments, python=form))
            yield from self._histories(
                binding, alone, [*([()] if dealloc else []), *((call,) for call in calls)], dealloc, is_late=True
            )

    def _noted(self, binding: Binding, begun: History, address: Argument) -> tuple[History, ResultArgument]:
        """A new object, and what it was made with is noted."""
        history = begun.copy()
        history.add("gnomon_note_what_is_passed", ConstantArgument(1))
        arguments = history.arguments(self._most(binding))
        return history, history.add("gnomon_new_instance", address, arguments, python=binding.python)

    def _collected(
        self, binding: Binding, members: Sequence[Binding], begun: History, address: Argument
    ) -> Iterator[Entry]:
        """Entries in which the collector comes by: after the constructor or another call, when what the object has kept
        of what it was given is to be visited; and while the object goes, from a `__del__` of that."""
        slots = dict(binding.slots)
        if slots.get("tp_traverse") not in self._by_key:
            return
        history, instance = self._noted(binding, begun, address)
        calls = [*self._method_calls(members, instance), *self._slot_calls(binding, members, instance)]
        for call in (None, *(call for call in calls if call.takes_objects)):
            longer = history.copy()
            if call is not None:
                call.add(longer)
            longer.add("gnomon_traverse", instance, python=COLLECTION)
            yield self._entry(binding, longer, (slots["tp_traverse"],), is_late=True)
        history.let_go(0)
        collection = (AddressArgument("gnomon_collect"), ConstantArgument(GIVES_OBJECT), instance, NullArgument())
        history.add("gnomon_let_call_back", *collection, python=COLLECTION)
        history.add("gnomon_drop", instance, python="del made")
        history.add("gnomon_end_collecting")
        history.add("gnomon_end_calling_back")
        yield self._entry(binding, history, _ends(binding), is_late=True)

    def _lent(
        self, binding: Binding, made: History, instance: Argument, calls: Sequence[Call], dealloc: tuple[str, ...]
    ) -> Iterator[Entry]:
        """Entries in whose last call a view shows what the object holds, after another call or none."""
        first: list[Call | None] = [None, *(call for call in calls if self._may_stand_between(made, call))]
        if len(first) * len(calls) > MOST_PAIRS:
            first = [None]
        for before in first:
            history = made.copy()
            if before is not None:
                before.add(history)
            history.hold(history.add("gnomon_lend", instance, python="view = memoryview(made)"), "gnomon_drop_lent")
            yield from self._histories(binding, history, [(call,) for call in calls], dealloc, is_late=True)

    def _called_back(
        self,
        binding: Binding,
        begun: History,
        address: Argument,
        dealloc: tuple[str, ...],
        members: Sequence[Binding],
    ) -> Iterator[Entry]:
        """Entries in whose last call Python code calls another one, of an object that has the only references to what
        it was made with, and to what a call before the last one gave it."""
        history, instance = self._noted(binding, begun, address)
        history.let_go(0)
        history.hold(instance)
        calls = [*self._method_calls(members, instance), *self._slot_calls(binding, members, instance)]
        inner = [call for call in [*calls, *self._again(binding, instance)] if call.shape_of_back is not None]
        first: list[Call | None] = [None, *(call for call in calls if call.takes_objects)]
        if len(first) * len(calls) * len(inner) > MOST_PAIRS:
            first = [None]
        if len(first) * len(calls) * len(inner) > MOST_PAIRS:
            return
        for before, outer, back in product(first, calls, inner):
            longer = history.copy()
            if before is not None:
                before.add(longer)
                longer.let_go(len(history.held))
            longer.add("gnomon_note_what_is_passed", ConstantArgument(0))
            back.let_call_back(longer)
            outer.add(longer)
            longer.add("gnomon_end_calling_back")
            yield self._entry(outer.binding, longer, (outer.function, back.function, *dealloc), is_late=True)

    def _again(self, binding: Binding, instance: ResultArgument) -> Iterator[Call]:
        init = self._by_key.get(dict(binding.slots).get("tp_init", ""))
        if init is not None:
            yield Call(binding, init, instance, AGAIN, AGAIN.python, self._most(binding))

    def _constructed(
        self, binding: Binding, history: History, address: Argument, arguments: Argument
    ) -> Iterator[Entry]:
        """Entries that make an object, and let it go; and that begin it twice."""
        slots = {name: key for name, key in binding.slots if key in self._by_key}
        constructors = tuple(slots[name] for name in ("tp_new", "tp_init", "tp_dealloc") if name in slots)
        if not constructors:
            return
        for only, is_late in ((history.with_rare(), True), (history.copy(), False)):
            only.hold(only.add("gnomon_construct", address, arguments, python=binding.python), "gnomon_drop_made")
            yield self._entry(binding, only, constructors, is_late=is_late)
        made = history.copy()
        instance = made.hold(made.add("gnomon_new_instance", address, arguments, python=binding.python))
        again = [(call,) for call in self._again(binding, instance)]
        yield from self._histories(binding, made, again, constructors, is_late=True)

    def _may_stand_between(self, history: History, call: Call) -> bool:
        longer = history.copy()
        call.add(longer)
        last = next(i for i in reversed(range(len(longer.steps))) if longer.steps[i].function == call.function)
        return self._changes(Entry("", "capi", tuple(longer.steps[: last + 1])))

    def _method_calls(self, members: Iterable[Binding], made: ResultArgument) -> Iterator[Call]:
        for binding in members:
            if binding.native_key not in self._by_key:
                continue
            name = "made." + binding.python.rsplit(".", 1)[-1]
            if binding.kind == "method" and not binding.flags & (METH_CLASS | METH_STATIC):
                if self._is_modelled(binding):
                    most = self._most(binding)
                    yield Call(binding, self._by_key[binding.native_key], made, None, f"{name}({{*}})", most)
            elif binding.kind == "getset":
                shape = Shape((SELF, NullArgument()), name)
                yield Call(binding, self._by_key[binding.native_key], made, shape, name)

    def _slot_calls(self, binding: Binding, members: Iterable[Binding], made: ResultArgument) -> Iterator[Call]:
        slots = dict(binding.slots)
        for slot, key in binding.slots:
            is_hidden = HIDDEN_BY.get(slot) in slots
            for shape in SHAPES.get(slot, ()) if key in self._by_key and not is_hidden else ():
                yield Call(binding, self._by_key[key], made, shape, shape.python)
        attributes = {member.python for member in members if member.kind == "getset"}
        for member in members:
            of = member.python.removesuffix(SETTER)
            if member.kind == "slot" and of in attributes and member.native_key in self._by_key:
                for shape in setting(of.rpartition(".")[2]):
                    yield Call(member, self._by_key[member.native_key], made, shape, shape.python)


def _ends(binding: Binding) -> tuple[str, ...]:
    """The functions that let an object of the type go."""
    return tuple(key for name, key in binding.slots if name in ("tp_dealloc", "tp_finalize", "tp_clear"))
