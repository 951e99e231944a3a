"""What single files, and single statements of Python files, say of the boundary, from one join to the next.

An edit in a large file evaluates the one statement again that it is in. What has moved with its line is taken along.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from functools import partial
from typing import Any, TypeVar, cast

from gnomon.analysis.boundary.binding import Binding, Span
from gnomon.analysis.boundary.capi import capi_bindings
from gnomon.analysis.boundary.capsules import capsule_bindings
from gnomon.analysis.boundary.cffi import CffiUses
from gnomon.analysis.boundary.ctypes import structures
from gnomon.analysis.boundary.import_graph import ImportGraph
from gnomon.analysis.boundary.names import Names
from gnomon.analysis.boundary.registration import CText, read_text
from gnomon.analysis.boundary.uses import PythonUses, uses_of
from gnomon.analysis.boundary.values import NativeName
from gnomon.analysis.syntax.csource import SourceFacts
from gnomon.analysis.syntax.python import Part, PythonModule, by_name, module_name, read_module
from gnomon.analysis.workspace import Snapshot

_T = TypeVar("_T")
_WORD = re.compile(r"\w+")
_PartKey = tuple[str, int, bytes]  # the scope that it stands in, its column, its text


@dataclass(frozen=True, slots=True)
class _Movable:
    """What a statement says, and the line that it began on."""

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
    _imports: ImportGraph | None = None
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
            read = partial(self.text, snapshot)
            tables, capsules = capi_bindings(snapshot, facts, read), capsule_bindings(snapshot, facts, read)
            self.native = (stamp, [*tables, *capsules])
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
        self._imports = ImportGraph.of(named, self._imports)
        stamps = self._imports.stamps(named)
        shared = (frozenset(named), frozenset(native.items()))
        found = []
        for module in modules:
            around = (shared, module.interface, stamps[module.name])
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
        if kept is None:
            uses = uses_of(part.expressions, names)
            is_movable = _is_movable(uses, part) and not _hangs_on_order(part, module)
        else:
            uses, is_movable = _moved(kept.uses, line - kept.line) if line != kept.line else kept.uses, True
        said.append(uses)
        if is_movable:
            movable[key] = _Movable(line, uses)
    declared = PythonUses(structures=tuple(structures(module, names)))
    return _ModuleUses(around, module, _joined([*said, declared]), movable)


def _key(part: Part, module: PythonModule) -> _PartKey:
    first, scope = part.nodes[0]
    return scope.name, first.start_point.column, module.source.text[part.begin : part.end]


def _is_movable(uses: PythonUses, part: Part) -> bool:
    """Does it speak of places inside the statement only? What it says of a table elsewhere moves with that. An FFI
    object is called after the place where it is made."""
    first, last = part.nodes[0][0].start_point.row + 1, part.nodes[-1][0].end_point.row + 1
    path = part.nodes[0][1].module.source.path
    inside = (s.path == path and first <= s.line and s.end_line <= last for s in _spans(uses))
    return uses.cffi == CffiUses() and all(inside)


def _hangs_on_order(part: Part, module: PythonModule) -> bool:
    """Does a statement outside of functions mention a name that is bound several times? Which binding it means is told
    by the statements before it."""
    if part.is_definition:
        return False
    scopes = {scope for _, scope in part.nodes}
    rebound = {name for scope in scopes for name, places in scope.names.items() if len(places) > 1}
    words = set(_WORD.findall(module.source.text[part.begin : part.end].decode("utf-8", "replace")))
    return not rebound.isdisjoint(words)


def _spans(value: object) -> Iterator[Span]:
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _spans(item)
    elif is_dataclass(value):
        for each in fields(value):
            yield from _spans(getattr(value, each.name))


def _moved(value: _T, lines: int) -> _T:
    """The same, some lines further down."""
    if isinstance(value, Span):
        return cast(_T, Span(value.path, value.line + lines, value.column, value.end_line + lines, value.end_column))
    if isinstance(value, tuple):
        return cast(_T, tuple([_moved(item, lines) for item in value]))
    if is_dataclass(value) and not isinstance(value, type):
        moved = {each.name: _moved(getattr(value, each.name), lines) for each in fields(value)}
        return cast(_T, type(value)(**moved))
    return value


def _joined(said: Sequence[_T]) -> _T:
    """One dataclass of tuples with all that several say, in their order."""
    kind = type(said[0])
    values: dict[str, Any] = {}
    for each in fields(kind):  # type: ignore[arg-type]
        parts = [getattr(one, each.name) for one in said]
        is_nested = is_dataclass(parts[0])
        values[each.name] = _joined(parts) if is_nested else tuple(item for part in parts for item in part)
    return kind(**values)
