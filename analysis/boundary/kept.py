"""What single files, and single statements of Python files, say of the boundary, from one join to the next.

An edit in a large file evaluates the one statement again that it is in. What has moved with its line is taken along.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any, TypeVar

from gnomon.analysis.boundary.binding import Binding, Span
from gnomon.analysis.boundary.capi import capi_bindings
from gnomon.analysis.boundary.ctypes import structures
from gnomon.analysis.boundary.names import Names
from gnomon.analysis.boundary.registration import CText, read_text
from gnomon.analysis.boundary.uses import PythonUses, uses_of
from gnomon.analysis.boundary.values import NativeName
from gnomon.analysis.syntax.csource import SourceFacts
from gnomon.analysis.syntax.python import Part, PythonModule, by_name, module_name, read_module
from gnomon.analysis.workspace import Snapshot

_T = TypeVar("_T")
_PartKey = tuple[str, int, bytes]  # the scope that it stands in, its column, its text


@dataclass(frozen=True, slots=True)
class _Movable:
    """What a statement says that only uses things, and the line that it began on."""

    line: int
    uses: PythonUses


@dataclass(frozen=True, slots=True)
class _ModuleUses:
    """`around` is all that a module's uses hang on besides its own text."""

    around: object
    module: PythonModule
    uses: PythonUses
    parts: Mapping[_PartKey, _Movable]


@dataclass(slots=True)
class Kept:
    """Dropped with the file's version. Uses of a Python module also hang on the modules it imports, on which modules
    there are, and on what C provides."""

    texts: dict[str, tuple[int, CText]] = field(default_factory=dict)
    modules: dict[str, tuple[tuple[int, str], PythonModule]] = field(default_factory=dict)
    _uses: dict[str, _ModuleUses] = field(default_factory=dict)
    native: tuple[object, list[Binding]] | None = None  # the edges of C extensions, without their uses

    def text(self, snapshot: Snapshot, path: str) -> CText:
        version, known = snapshot.version(path), self.texts.get(path)
        if known is None or known[0] != version:
            known = self.texts[path] = (version, read_text(path, snapshot.text(path)))
        return known[1]

    def extensions(self, snapshot: Snapshot, facts: Mapping[str, SourceFacts]) -> list[Binding]:
        texts = tuple((path, snapshot.version(path)) for path in (*snapshot.c_files, *snapshot.headers))
        stamp = (texts, snapshot.extensions, tuple(facts.items()))
        if self.native is None or self.native[0] != stamp:
            self.native = (stamp, capi_bindings(snapshot, facts, lambda path: self.text(snapshot, path)))
        return self.native[1]

    def module(self, snapshot: Snapshot, path: str) -> PythonModule:
        version = (snapshot.version(path), module_name(path, snapshot.root))
        known = self.modules.get(path)
        if known is None or known[0] != version:
            previous = known[1] if known is not None else None
            known = self.modules[path] = (version, read_module(path, snapshot.text(path), version[1], previous))
        return known[1]

    def forget(self, snapshot: Snapshot) -> None:
        """Drops the Python files that are gone."""
        for path in self.modules.keys() - set(snapshot.python_files):
            del self.modules[path]
            self._uses.pop(path, None)

    def uses(self, modules: Sequence[PythonModule], native: Mapping[str, NativeName]) -> list[PythonUses]:
        """The uses of each module; evaluated anew where it, or one that it imports however far away, has changed."""
        named = by_name(modules)
        names = Names(named, native)
        below: dict[str, set[str]] = {}
        for name in named:
            for prefix in _prefixes(name):
                below.setdefault(prefix, set()).add(name)
        imports = {name: _imports(module, below) & named.keys() for name, module in named.items()}
        shared = (frozenset(named), frozenset(native.items()))
        found = []
        for module in modules:
            reached = _closure(_imports(module, below) & named.keys(), imports)
            around = (shared, module.interface, tuple((name, named[name].interface) for name in sorted(reached)))
            known = self._uses.get(module.source.path)
            if known is None or known.around != around:
                known = self._uses[module.source.path] = _module_uses(module, names, around, {})
            elif known.module is not module:
                known = self._uses[module.source.path] = _module_uses(module, names, around, known.parts)
            found.append(known.uses)
        return found


def _module_uses(module: PythonModule, names: Names, around: object, known: Mapping[_PartKey, _Movable]) -> _ModuleUses:
    said, movable = [], dict[_PartKey, _Movable]()
    for part in module.parts:
        key, line = _key(part, module), part.nodes[0][0].start_point.row
        kept = known.get(key)
        uses = _moved(kept.uses, line - kept.line) if kept is not None else uses_of(part.expressions, names)
        said.append(uses)
        if part.is_definition and _only_uses(uses):
            movable[key] = _Movable(line, uses)
    declared = PythonUses(structures=tuple(structures(module, names)))
    return _ModuleUses(around, module, _joined([*said, declared]), movable)


def _key(part: Part, module: PythonModule) -> _PartKey:
    first, scope = part.nodes[0]
    return scope.name, first.start_point.column, module.source.text[part.begin : part.end]


def _only_uses(uses: PythonUses) -> bool:
    """Does it say nothing but where functions are named? All else may hold places that do not move so easily."""
    plain = replace(uses, mentions=(), external=(), possible=())
    return plain == PythonUses() and all(mention.declared is None for mention in uses.mentions)


def _moved(uses: PythonUses, lines: int) -> PythonUses:
    if lines == 0:
        return uses
    return PythonUses(
        mentions=tuple(replace(m, use=_moved_span(m.use, lines) if m.use is not None else None) for m in uses.mentions),
        external=tuple((name, _moved_span(place, lines)) for name, place in uses.external),
        possible=tuple((name, _moved_span(place, lines)) for name, place in uses.possible),
    )


def _moved_span(span: Span, lines: int) -> Span:
    return Span(span.path, span.line + lines, span.column, span.end_line + lines, span.end_column)


def _joined(said: Sequence[_T]) -> _T:
    """One dataclass of tuples with all that several say, in their order."""
    kind = type(said[0])
    values: dict[str, Any] = {}
    for each in fields(kind):  # type: ignore[arg-type]
        parts = [getattr(one, each.name) for one in said]
        is_nested = is_dataclass(parts[0])
        values[each.name] = _joined(parts) if is_nested else tuple(item for part in parts for item in part)
    return kind(**values)


def _prefixes(name: str) -> list[str]:
    """`a.b.c` is in a, a.b and a.b.c."""
    parts = name.split(".")
    return [".".join(parts[: length + 1]) for length in range(len(parts))]


def _imports(module: PythonModule, below: Mapping[str, set[str]]) -> set[str]:
    """What a module's imports lead to: the packages around, and all modules inside."""
    return {name for other in module.imported for name in (*_prefixes(other), *below.get(other, ()))}


def _closure(start: Iterable[str], imports: Mapping[str, set[str]]) -> set[str]:
    found, waiting = set(start), list(start)
    while waiting:
        for name in imports[waiting.pop()] - found:
            found.add(name)
            waiting.append(name)
    return found
