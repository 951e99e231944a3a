"""What the imports of modules lead to, however far away, told by one number for each module."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gnomon.analysis.syntax.python import PythonModule


@dataclass(frozen=True, slots=True)
class ImportGraph:
    """The strongly connected parts of a workspace's imports: what is imported stands before what imports it."""

    imported: Mapping[str, frozenset[str]]  # dotted names, by module: what the graph was made of
    parts: tuple[tuple[str, ...], ...]
    edges: Mapping[str, tuple[str, ...]]

    @staticmethod
    def of(modules: Mapping[str, PythonModule], known: ImportGraph | None) -> ImportGraph:
        """The graph that is known, as long as nobody imports anything else."""
        imported = {name: module.imported for name, module in modules.items()}
        if known is not None and known.imported == imported:
            return known
        edges = _edges(imported)
        return ImportGraph(imported, tuple(_connected(edges)), edges)

    def stamps(self, modules: Mapping[str, PythonModule]) -> dict[str, int]:
        """A number for each module that changes when it, or a module that it leads to, tells others something else."""
        found: dict[str, int] = {}
        for part in self.parts:
            own = tuple((name, modules[name].interface) for name in sorted(part) if name in modules)
            behind = frozenset(found[name] for each in part for name in self.edges[each] if name in found)
            found.update(dict.fromkeys(part, hash((own, behind))))
        return found


def _edges(imported: Mapping[str, frozenset[str]]) -> dict[str, tuple[str, ...]]:
    """An import leads to the packages around what is imported and, through a node of its own, to all modules inside."""
    inside: dict[str, list[str]] = {}
    for name in imported:
        for prefix in _prefixes(name):
            inside.setdefault(prefix, []).append(name)
    edges: dict[str, tuple[str, ...]] = {f"{package}.*": tuple(names) for package, names in inside.items()}
    for name, others in imported.items():
        targets = {around for other in others for around in _prefixes(other) if around in imported}
        targets |= {f"{other}.*" for other in others if other in inside}
        edges[name] = tuple(sorted(targets))
    return edges


def _prefixes(name: str) -> list[str]:
    """`a.b.c` is in a, a.b and a.b.c."""
    parts = name.split(".")
    return [".".join(parts[: length + 1]) for length in range(len(parts))]


def _connected(edges: Mapping[str, tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Tarjan's algorithm, without recursion."""
    order: dict[str, int] = {}
    lowest: dict[str, int] = {}
    on_path: dict[str, None] = {}
    found: list[tuple[str, ...]] = []
    for start in edges:
        if start in order:
            continue
        waiting = [(start, iter(edges[start]))]
        order[start] = lowest[start] = len(order)
        on_path[start] = None
        while waiting:
            node, targets = waiting[-1]
            target = next(targets, None)
            if target is None:
                waiting.pop()
                if waiting:
                    lowest[waiting[-1][0]] = min(lowest[waiting[-1][0]], lowest[node])
                if lowest[node] == order[node]:
                    part: list[str] = []
                    while not part or part[-1] != node:
                        part.append(on_path.popitem()[0])
                    found.append(tuple(part))
            elif target not in order:
                order[target] = lowest[target] = len(order)
                on_path[target] = None
                waiting.append((target, iter(edges[target])))
            elif target in on_path:
                lowest[node] = min(lowest[node], order[target])
    return found
