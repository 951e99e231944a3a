"""From the edges of a C extension to entries: what Python does to load the module, to make objects, and to call them.

Each history begins with the module's own start, and makes what it needs by the types' own constructors; around the
calls of the project's functions stand those of models/cpython_harness.c, which pass any objects and look at what comes
back.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from gnomon.analysis.boundary.binding import Binding
from gnomon.analysis.checking.capi_calls import METH_CLASS, METH_STATIC, Call, given_to
from gnomon.analysis.checking.capi_given import Use, given_entries, rare_given_entries
from gnomon.analysis.checking.capi_history import MOST_ARGUMENTS, USUAL_ARGUMENTS, History
from gnomon.analysis.checking.capi_instances import Instances
from gnomon.analysis.checking.capi_rare import MOST_PAIRS, rare_entries
from gnomon.analysis.checking.entry import Argument, Entry, NoEntry, NullArgument
from gnomon.analysis.syntax.csource import CFunction

INIT = "PyInit_"
MOST_LATE_PAIRS = 128
MOST_MEMBERS_OF_GIVEN = 16  # of a type that can be made otherwise
MOST_LATE = 512  # late entries of a workspace: the shortest


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
        self._types: dict[str, Instances] = {}  # by name: without what makes them
        self._uses: set[Use] = set()
        self._gives: dict[str, tuple[str, ...]] = {}  # names of types, by function

    def entries(self, bindings: Sequence[Binding]) -> tuple[list[Entry], list[NoEntry]]:
        self._gives = {b.native_key: b.gives.types for b in bindings if b.gives is not None}
        for binding in bindings:
            if binding.kind == "type":
                self._types[binding.python] = self._instances(binding, bindings, History())
        found: list[Entry] = [*self._starts(bindings)]
        for binding in bindings:
            if binding.kind == "function" and binding.native_key in self._by_key:
                begun = self._loaded(binding)
                if begun is not None:
                    found += self._called(binding, *begun)
        for binding in bindings:
            if binding.kind == "type":
                found += self._of_type(binding, bindings)
        late = sorted((entry for entry in found if entry.is_late), key=lambda entry: len(entry.steps))
        return [*(entry for entry in found if not entry.is_late), *late[:MOST_LATE]], list(dict.fromkeys(self._refused))

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
            yield from self._histories(history, [(call,)])
            yield from self._histories(history.with_rare(), [(call,)], is_late=True)
            yield from given_entries(history, call, self._kinds, self._late, self._uses)

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
        self, history: History, several: Iterable[Sequence[Call]], also: tuple[str, ...] = (), is_late: bool = False
    ) -> Iterator[Entry]:
        """The history with each of these series of calls; asked is what the last one leads to, and what is `also`."""
        for calls in several:
            longer = history.copy()
            for call in calls:
                call.add(longer)
            yield self._entry(calls[-1].binding, longer, (calls[-1].function, *also), is_late)

    # Types

    def _of_type(self, binding: Binding, bindings: Sequence[Binding]) -> Iterator[Entry]:
        begun = self._loaded(binding)
        if begun is None:
            return
        history, _ = begun
        of = self._instances(binding, bindings, history)
        for member in of.members:
            how = member.flags & (METH_CLASS | METH_STATIC)
            if member.kind == "method" and how and member.native_key in self._by_key:
                called = history.copy()
                yield from self._called(member, called, of.type_in(called) if how == METH_CLASS else NullArgument())
        yield from self._constructed(of)
        made, instance = of.held()
        calls = of.calls(instance)
        yield from self._histories(made, [(call,) for call in calls], of.ends)
        pairs = [(first, call) for first in calls if self._may_stand_between(made, first) for call in calls]
        if len(pairs) <= MOST_LATE_PAIRS:
            yield from self._histories(made, pairs, of.ends, len(pairs) > MOST_PAIRS)
        for call in calls:
            yield from given_entries(made, call, self._kinds, self._late, self._uses)
        yield from rare_entries(of, self._late, self._may_stand_between)
        yield from rare_given_entries(of, self._kinds, self._late, self._may_stand_between, self._uses)

    def _instances(self, binding: Binding, bindings: Sequence[Binding], begun: History) -> Instances:
        members = [b for b in bindings if b.owner == binding.owner]
        is_static = binding.owner in self._static_types
        return Instances(binding, members, begun, is_static, self._by_key, self._most, self._is_modelled)

    def _kinds(self, call: Call) -> list[Instances]:
        """The types of what a call gives, but for its own, and for those with many methods that can be made."""
        if call.assigns:
            return []
        found = [self._types[name] for name in self._gives.get(call.function, ()) if name in self._types]
        return [
            kind
            for kind in found
            if kind.binding.owner != call.binding.owner
            and (not kind.can_be_made or len(kind.members) <= MOST_MEMBERS_OF_GIVEN)
        ]

    def _constructed(self, of: Instances) -> Iterator[Entry]:
        """Entries that make an object, and let it go; and that begin it twice."""
        constructors = tuple(of.slots[name] for name in ("tp_new", "tp_init", "tp_dealloc") if name in of.slots)
        if not constructors:
            return
        for is_late in (True, False):
            history = of.begun.with_rare() if is_late else of.begun.copy()
            history.hold(of.construct(history, "gnomon_construct", of.binding.python), "gnomon_drop_made")
            yield self._entry(of.binding, history, constructors, is_late)
        made, instance = of.held()
        yield from self._histories(made, [(call,) for call in of.again(instance)], constructors, is_late=True)

    def _late(self, binding: Binding, history: History, asked: tuple[str, ...]) -> Entry:
        return self._entry(binding, history, asked, is_late=True)

    def _may_stand_between(self, history: History, call: Call) -> bool:
        longer = history.copy()
        call.add(longer)
        last = next(i for i in reversed(range(len(longer.steps))) if longer.steps[i].function == call.function)
        return self._changes(Entry("", "capi", tuple(longer.steps[: last + 1])))
