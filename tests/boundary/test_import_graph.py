"""A module's stamp changes with what its imports lead to, and with nothing else."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import cast

from gnomon.analysis.boundary.import_graph import ImportGraph
from gnomon.analysis.syntax.python import PythonModule


@dataclass(frozen=True)
class Told:
    imported: frozenset[str]
    interface: int


def _reached(modules: dict[str, Told], start: str) -> set[str]:
    """With the packages around what is imported, and all modules inside."""
    found, waiting = {start}, [start]
    while waiting:
        for other in modules[waiting.pop()].imported:
            parts = other.split(".")
            around = {".".join(parts[: length + 1]) for length in range(len(parts))}
            inside = {name for name in modules if name == other or name.startswith(f"{other}.")}
            fresh = ((around | inside) & modules.keys()) - found
            found |= fresh
            waiting += fresh
    return found


def _stamps(modules: dict[str, Told], known: ImportGraph | None = None) -> dict[str, int]:
    typed = cast(dict[str, PythonModule], modules)
    return ImportGraph.of(typed, known).stamps(typed)


def test_stamps_of_random_imports() -> None:
    chance = random.Random(3)
    names = ["a", "b", "p", "p.q", "p.q.r", "p.s", "t", "t.u", "v"]
    for _ in range(200):
        modules = {
            name: Told(frozenset(chance.sample([*names, "os", "t.u.gone"], chance.randrange(3))), number)
            for number, name in enumerate(names)
        }
        before, changed = _stamps(modules), chance.choice(names)
        graph = ImportGraph.of(cast(dict[str, PythonModule], modules), None)
        after = _stamps(modules | {changed: Told(modules[changed].imported, 99)}, graph)
        affected = {name for name in names if changed in _reached(modules, name)}
        assert {name for name in names if before[name] != after[name]} == affected


def test_the_graph_is_kept_while_imports_stay() -> None:
    modules = cast(dict[str, PythonModule], {"a": Told(frozenset({"b"}), 1), "b": Told(frozenset(), 2)})
    graph = ImportGraph.of(modules, None)
    assert ImportGraph.of(dict(modules), graph) is graph
    more = cast(dict[str, PythonModule], {**modules, "c": Told(frozenset({"a"}), 3)})
    assert ImportGraph.of(more, graph) is not graph


def test_a_long_chain_of_imports() -> None:
    modules = {f"m{n}": Told(frozenset({f"m{n + 1}"}), n) for n in range(5_000)}
    before, after = _stamps(modules), _stamps({**modules, "m4999": Told(frozenset(), -1)})
    assert all(before[name] != after[name] for name in modules)
