"""Whether the collector frees objects of the extension that are reachable from what they own."""

from __future__ import annotations

import gc
import sys
import weakref
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from .history import KEY, History, Target
from .surface import Surface
from .trying import Runner

_TRACKED, _IS_BASE = 1 << 14, 1 << 10  # Py_TPFLAGS_HAVE_GC, Py_TPFLAGS_BASETYPE
_BASES = ("object", "list", "dict", "str")
_NODES = ("(node := {})", "[node := {}]")
_MOST_OWN = 4
_CLOSED = "setattr(node, 'holder', made)"


@dataclass(frozen=True, slots=True)
class Cycle:
    """`open`: a history that may put `node` into the object, or into what it gives; `closed`: and then the object into
    `node`."""

    open: History
    closed: History
    is_of_result: bool


def cycles_of(histories: Sequence[History], surface: Surface) -> Iterator[Cycle]:
    """Each argument as an instance of a class made for it: of no type at all, or of one of the extension's."""
    named = [one.text for of, one in surface.types.items() if of.__flags__ & _IS_BASE and "type(" not in one.text]
    own = [_NODES[0].format(f"type('Node', ({text},), {{}})()") for text in named]
    for history in histories:
        for position, argument in enumerate(history.arguments):
            key, _, value = argument.rpartition(KEY)
            for node in dict.fromkeys((*_nodes(value, surface), *own[:_MOST_OWN])):
                given = [*history.arguments]
                given[position] = f"{key}{KEY}{node}" if key else node
                opened = replace(history, arguments=tuple(given))
                yield from _closed(opened, surface)


def _nodes(value: str, surface: Surface) -> Iterator[str]:
    for base in _BASES:
        yield from (written.format(f"type('Node', ({base},), {{}})()") for written in _NODES)
    made, _, given = value.partition("(")
    if given.endswith(")") and any(_last(made) == _last(one.text) for one in surface.types.values()):
        yield _NODES[0].format(f"type('Node', ({made},), {{}})({given}")


def _last(path: str) -> str:
    return path.rpartition(".")[2]


def _closed(opened: History, surface: Surface) -> Iterator[Cycle]:
    if not opened.expression:
        return
    of = opened.target.of or opened.target.name
    target = Target(f"{of}.tp_clear", _CLOSED, of)
    if opened.target.of:
        call = replace(opened, made="made").expression.replace("(made)", "made", 1)
        yield Cycle(opened, History(target, (), opened.made, (call,)), False)
    if opened.target.of or any(one.name == of for one in surface.types.values()):
        yield Cycle(opened, History(target, (), opened.expression), True)


class Collection:
    """Tells whether an object is collected together with what refers to it."""

    def __init__(self, runner: Runner, surface: Surface) -> None:
        self._runner = runner
        self._surface = surface

    def __call__(self, cycle: Cycle) -> dict[str, Any]:
        """`kept`: the object owns the node, and gives it back in the end."""
        of_call = "made = {}" if cycle.is_of_result else "{}"
        is_kept = self._left(cycle.open, of_call) == ""
        return {"kept": is_kept, "type": self._left(cycle.closed, "{}") if is_kept else ""}

    def _left(self, history: History, of_call: str) -> str | None:
        """None where the node is not the object's; else the type of an object that is never released, "" for none."""
        try:
            names = self._runner.run(history, of_call)
            made, node = names["made"], names["node"]
            seen = weakref.ref(node)
        except BaseException:
            return None
        of = type(made)
        is_owned = sys.getrefcount(node) > 3  # of the variables here and there, and of the call
        if not self._surface.is_ours(of) or not of.__flags__ & _TRACKED or not is_owned:
            return None
        known = self._surface.types.get(of)
        del made, node
        names.clear()
        gc.collect()
        return "" if seen() is None or known is None else known.name
