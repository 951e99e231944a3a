"""A type of an extension: the histories that make an instance of it, and the calls that Python can make of that."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from gnomon.analysis.boundary.binding import Binding
from gnomon.analysis.checking.capi_calls import METH_CLASS, METH_STATIC, Call
from gnomon.analysis.checking.capi_history import History
from gnomon.analysis.checking.capi_shapes import AGAIN, HIDDEN_BY, SELF, SHAPES, Shape, setting
from gnomon.analysis.checking.entry import AddressArgument, Argument, ConstantArgument, NullArgument, ResultArgument
from gnomon.analysis.syntax.csource import CFunction

SETTER = ".__set__"


@dataclass(frozen=True, slots=True)
class Instances:
    """`begun` loads the module. `most`: the arguments of a binding's call."""

    binding: Binding
    members: Sequence[Binding]
    begun: History
    is_static: bool  # else the type is made while the module is loaded
    functions: Mapping[str, CFunction]  # by key
    most: Callable[[Binding], int]
    is_modelled: Callable[[Binding], bool]

    @property
    def slots(self) -> dict[str, str]:
        """Those that the project's functions fill."""
        return {name: key for name, key in self.binding.slots if key in self.functions}

    @property
    def ends(self) -> tuple[str, ...]:
        """The functions that let an object of the type go."""
        return tuple(key for name, key in self.binding.slots if name in ("tp_dealloc", "tp_finalize", "tp_clear"))

    @property
    def can_be_made(self) -> bool:
        """By Python, with constructors of its own."""
        return not {"tp_new", "tp_init"}.isdisjoint(dict(self.binding.slots))

    def made(self, is_noted: bool = False, is_tracking_followed: bool = False) -> tuple[History, ResultArgument]:
        """With a new object that nobody holds yet. What it was made with may be noted; and what is tracked."""
        history = self.begun.copy()
        if is_tracking_followed:
            history.add("gnomon_follow_tracking")
        if is_noted:
            history.add("gnomon_note_what_is_passed", ConstantArgument(1))
        return history, self.construct(history, "gnomon_new_instance", self.binding.python)

    def held(self) -> tuple[History, ResultArgument]:
        """With a new object that Python holds until the end."""
        history, instance = self.made()
        history.hold(instance)
        return history, instance

    def construct(self, history: History, function: str, python: str) -> ResultArgument:
        address = self.type_in(history)
        return history.add(function, address, history.arguments(self.most(self.binding)), python=python)

    def type_in(self, history: History) -> Argument:
        address = AddressArgument(self.binding.owner)
        return address if self.is_static else history.add("gnomon_type_of", address)

    def calls(self, instance: ResultArgument, name: str = "made") -> list[Call]:
        """Of the object that a script calls `name`."""
        found = [*self._method_calls(instance), *self._slot_calls(instance)]
        return found if name == "made" else [replace(c, python=re.sub(r"\bmade\b", name, c.python)) for c in found]

    def again(self, instance: ResultArgument) -> list[Call]:
        """It is begun a second time."""
        init = self.functions.get(self.slots.get("tp_init", ""))
        most = self.most(self.binding)
        return [Call(self.binding, init, instance, AGAIN, AGAIN.python, most)] if init is not None else []

    def _method_calls(self, instance: ResultArgument) -> Iterator[Call]:
        for binding in self.members:
            if binding.native_key not in self.functions:
                continue
            function = self.functions[binding.native_key]
            name = "made." + binding.python.rsplit(".", 1)[-1]
            if binding.kind == "method" and not binding.flags & (METH_CLASS | METH_STATIC):
                if self.is_modelled(binding):
                    yield Call(binding, function, instance, None, f"{name}({{*}})", self.most(binding))
            elif binding.kind == "getset":
                yield Call(binding, function, instance, Shape((SELF, NullArgument()), name), name)

    def _slot_calls(self, instance: ResultArgument) -> Iterator[Call]:
        for slot, key in self.slots.items():
            is_hidden = HIDDEN_BY.get(slot) in dict(self.binding.slots)
            for shape in SHAPES.get(slot, ()) if not is_hidden else ():
                yield Call(self.binding, self.functions[key], instance, shape, shape.python)
        attributes = {member.python for member in self.members if member.kind == "getset"}
        for member in self.members:
            of = member.python.removesuffix(SETTER)
            if member.kind == "slot" and of in attributes and member.native_key in self.functions:
                for shape in setting(of.rpartition(".")[2]):
                    yield Call(member, self.functions[member.native_key], instance, shape, shape.python)
