"""What is kept in a dictionary under a constant name, where loops over tables, helpers, or single statements filled it.

for function in FUNCTIONS: native[function.name] = bind(function.name, function.arguments)
push = native["push"]
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gnomon.analysis.boundary.arguments import bound_arguments
from gnomon.analysis.boundary.tables import rows
from gnomon.analysis.boundary.values import Value
from gnomon.analysis.syntax.python import Scope, calls_named, loops_around
from tree_sitter import Node

if TYPE_CHECKING:
    from gnomon.analysis.boundary.names import Names

GLOBALS = "globals()"


@dataclass(frozen=True, slots=True)
class Item:
    """A value that was put in, and the run in which it was."""

    node: Node
    scope: Scope
    names: Names

    def value(self) -> Value | None:
        return self.names.evaluate(self.node, self.scope)


def item_of(names: Names, holder: Node, key: str, scope: Scope) -> Value | None:
    """`holder[key]`, for a name that a scope fills: what all that was put there agrees on."""
    home = names.home(holder, scope)
    name = scope.module.source.spelling(holder)
    if home is None or len(home.names[name]) != 1:
        return None
    return _agreed(names, name, key, home)


def global_of(names: Names, key: str, top: Scope) -> Value | None:
    """What `globals()[key] = value` makes of a name that nothing else in the module binds."""
    return _agreed(names, GLOBALS, key, top) if b"globals()[" in top.module.source.text else None


def _agreed(names: Names, name: str, key: str, home: Scope) -> Value | None:
    root = names.root or names
    cached = root.registries.get((id(home), name))
    if cached is None:
        cached = root.registries[id(home), name] = {}
        for text, item in _filled(root, name, home):
            cached.setdefault(text, []).append(item)
    items = cached.get(key, [])
    return names.join([item.names.deeper(item.value) for item in items]) if items else None


def _filled(names: Names, name: str, home: Scope) -> Iterator[tuple[str, Item]]:
    for scope in (home, *_fillers(name, home)):
        for key, value in scope.items.get(name, []):
            for run in _runs(names, value, scope, home):
                text = run.text(key, scope)
                if text is not None:
                    yield text, Item(value, scope, run)


def _fillers(name: str, home: Scope) -> Iterator[Scope]:
    """The functions of a module that put something into a name of it."""
    text = home.module.source.text
    for inner in home.inner.values() if home.kind == "module" else ():
        if f"{name}[".encode() in text[inner.node.start_byte : inner.node.end_byte] and name not in inner.names:
            yield inner


def _runs(names: Names, value: Node, scope: Scope, home: Scope) -> Iterator[Names]:
    """Each time that a statement puts its value in."""
    loops = loops_around(value, scope)
    if scope is not home:
        for call, caller in calls_named(scope.module, scope.name.rsplit(".", 1)[-1]) if not loops else ():
            bound = bound_arguments(call, caller, scope)
            if bound is not None:
                yield names.given(*bound, scope.module.source.span(call))
    elif not loops:
        yield names
    elif len(loops) == 1:
        yield from (names.given(values, {}, place) for values, place in rows(loops[0], home, names))
