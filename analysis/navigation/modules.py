"""Python modules as a request needs them: the one it asks about as it is typed, and those that it imports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from gnomon.analysis.boundary.names import Names
from gnomon.analysis.navigation.index import Index
from gnomon.analysis.syntax.python import PythonModule, Scope, module_name, read_module, scope_at
from gnomon.analysis.workspace import Snapshot

Parsed = dict[str, tuple[int, PythonModule]]  # by path, with the version of the text; whoever holds it may drop it


@dataclass
class Modules(Mapping[str, PythonModule]):
    """Modules by dotted name, read when they are asked for. `parsed` outlives a request."""

    snapshot: Snapshot
    parsed: Parsed = field(default_factory=dict)
    starts: tuple[str, ...] = ()  # folders in which Python looks for modules
    _typed: dict[str, PythonModule] = field(default_factory=dict)

    def of(self, path: str) -> PythonModule:
        """The module of a file."""
        version = self.snapshot.version(path)
        known = self.parsed.get(path)
        if known is None or known[0] != version:
            name = module_name(path, self.snapshot.root)
            known = self.parsed[path] = (version, read_module(path, self.snapshot.text(path), name))
        return known[1]

    def typed(self, path: str, text: str) -> PythonModule:
        """The module of a file with another text, which this request then sees everywhere."""
        module = read_module(path, text, module_name(path, self.snapshot.root))
        self._typed[module.name] = module
        return module

    def __getitem__(self, name: str) -> PythonModule:
        if name in self._typed:
            return self._typed[name]
        path = self._found(name)
        if not path:
            raise KeyError(name)
        return self.of(path)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and (name in self._typed or bool(self._found(name)))

    def __iter__(self) -> Iterator[str]:
        return iter(self._typed)

    def __len__(self) -> int:
        return len(self._typed)

    def _found(self, name: str) -> str:
        """The file of a module, as Python would find it; empty when the workspace has none."""
        parts = name.split(".")
        if not all(part.isidentifier() for part in parts):
            return ""
        for start in (*self.starts, str(self.snapshot.root), str(self.snapshot.root / "src")):
            base = "/".join([start.rstrip("/"), *parts])
            for path in (f"{base}.py", f"{base}/__init__.py"):
                if path in self.snapshot.overlays or Path(path).is_file():
                    return path
        return ""


@dataclass(frozen=True)
class Asked:
    """What evaluates Python expressions for one request."""

    modules: Modules
    index: Index

    @cached_property
    def names(self) -> Names:
        return Names(self.modules, self.index.extension_names)


def asked(snapshot: Snapshot, index: Index, parsed: Parsed, path: str) -> Asked:
    """For a question about `path`: modules are looked for where its package begins, too."""
    return Asked(Modules(snapshot, parsed, (_start_of(path),)), index)


def _start_of(path: str) -> str:
    folder = Path(path).parent
    while (folder / "__init__.py").exists() and folder != folder.parent:
        folder = folder.parent
    return str(folder)


def function_at(module: PythonModule, line: int, column: int) -> Scope:
    """The innermost function around a position (both from 1), or the module itself."""
    place = (line - 1, max(column - 1, 0))
    node = module.source.root.descendant_for_point_range(place, place)
    scope = scope_at(module, node) if node is not None else module.top
    while scope.kind == "class" and scope.parent is not None:
        scope = scope.parent
    return scope
