"""What is kept in a dictionary under a constant name, where a loop over a table, or single statements, filled it.

for function in FUNCTIONS: native[function.name] = bind(function.name, function.arguments)
push = native["push"]
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gnomon.analysis.boundary.tables import rows
from gnomon.analysis.boundary.values import Value
from gnomon.analysis.syntax.python import Scope, loops_around
from tree_sitter import Node

if TYPE_CHECKING:
    from gnomon.analysis.boundary.names import Names


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
    if home is None or len(home.names[name]) != 1 or name not in home.items:
        return None
    cached = names.registries.get((id(home), name))
    if cached is None:
        cached = names.registries[id(home), name] = _filled(names, name, home)
    items = cached.get(key, [])
    return names.join([item.names.deeper(item.value) for item in items]) if items else None


def _filled(names: Names, name: str, home: Scope) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = {}
    for key, value in home.items[name]:
        loops = loops_around(value, home)
        if len(loops) > 1:
            continue
        runs = [names.given(values, {}, place) for values, place in rows(loops[0], home, names)] if loops else [names]
        for run in runs:
            text = run.text(key, home)
            if text is not None:
                found.setdefault(text, []).append(Item(value, home, run))
    return found
