"""The structure of a Python module: its scopes, and what its names are bound to. Nothing is executed or imported."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import InitVar, dataclass, field
from pathlib import Path

from gnomon.analysis.syntax.interface import Functions, Told, told_by
from gnomon.analysis.syntax.reparse import reparse_python
from gnomon.analysis.syntax.scopes import Bound, Scope, decorators, given_back, loops_around
from gnomon.analysis.syntax.tree import Source
from tree_sitter import Node

__all__ = [
    "Bound",
    "Expression",
    "Part",
    "PythonModule",
    "Scope",
    "by_name",
    "calls_named",
    "decorators",
    "given_back",
    "loops_around",
    "module_name",
    "read_module",
    "scope_at",
]


@dataclass(frozen=True, slots=True)
class Expression:
    """A node that may name something, and the scope whose names it sees."""

    node: Node
    scope: Scope


_DEFINITIONS = ("class_definition", "function_definition", "lambda")
_EXPRESSIONS = frozenset(
    {"identifier", "attribute", "subscript", "call", "assignment", "for_statement", "function_definition"}
)


@dataclass(frozen=True, slots=True)
class Part:
    """A statement of a module, or of a class in it, with the scope that it stands in; of a class, its first lines."""

    nodes: tuple[tuple[Node, Scope], ...]
    begin: int  # bytes of the text
    end: int

    @property
    def is_definition(self) -> bool:
        """Is it a function? What stands outside of functions also hangs on the order of the statements."""
        return self.nodes[0][0].type in ("function_definition", "decorated_definition")

    @property
    def expressions(self) -> Iterator[Expression]:
        """In source order."""
        for node, scope in self.nodes:
            yield from _expressions(node, scope)


@dataclass(slots=True, eq=False)
class PythonModule:
    """`previous` is the module before an edit: what its unchanged functions say is taken from there."""

    name: str
    is_package: bool
    source: Source
    previous: InitVar[PythonModule | None] = None
    top: Scope = field(init=False)
    _parts: tuple[Part, ...] | None = field(init=False, default=None)
    _known: Functions = field(init=False)  # what functions told, in the texts before
    _told: tuple[Told, Functions] | None = field(init=False, default=None)
    _callees: frozenset[bytes] | None = field(init=False, default=None)

    def __post_init__(self, previous: PythonModule | None) -> None:
        self.top = Scope("module", self.name, self.source.root, self, _unread=self.source.root)
        self._known = previous._functions() if previous is not None and previous.name == self.name else {}

    @property
    def parts(self) -> tuple[Part, ...]:
        """The whole text, in order."""
        if self._parts is None:
            self._parts = tuple(_parts(self.top))
        return self._parts

    @property
    def interface(self) -> int:
        """Of all that other modules, and other parts, can learn from it; a hash, in this process."""
        return hash((self.name, self.is_package, self._tell()[0].interface))

    @property
    def imported(self) -> frozenset[str]:
        """The dotted names of all modules that it imports, anywhere."""
        return self._tell()[0].imported

    @property
    def callees(self) -> frozenset[bytes]:
        """All names that stand before a parenthesis."""
        if self._callees is None:
            self._callees = frozenset(re.findall(rb"\b(\w+)\s*\(", self.source.text))
        return self._callees

    def _tell(self) -> tuple[Told, Functions]:
        if self._told is None:
            self._told = told_by(self.top, self._known)
            self._known = {}
        return self._told

    def _functions(self) -> Functions:
        return self._told[1] if self._told is not None else self._known

    @property
    def expressions(self) -> Iterator[Expression]:
        """All that may name something, in source order."""
        for part in self.parts:
            yield from part.expressions


def _parts(top: Scope) -> Iterator[Part]:
    for child in top.node.named_children:
        definition = child.child_by_field_name("definition") if child.type == "decorated_definition" else child
        scope = top.inner.get(definition.id) if definition is not None else None
        body = definition.child_by_field_name("body") if definition is not None else None
        if definition is None or scope is None or scope.kind != "class" or body is None:
            if child.type != "comment":
                yield Part(((child, top),), child.start_byte, child.end_byte)
            continue
        above = [(node, top) for node in child.named_children if node != definition] if definition != child else []
        first_lines = [(node, scope) for node in definition.named_children if node != body]
        yield Part((*above, *first_lines), child.start_byte, body.start_byte)
        for member in body.named_children:
            if member.type != "comment":
                yield Part(((member, scope),), member.start_byte, member.end_byte)


def _expressions(node: Node, scope: Scope) -> Iterator[Expression]:
    waiting = [(node, scope)]
    while waiting:
        node, scope = waiting.pop()
        kind = node.type
        if kind in _DEFINITIONS:
            scope = scope.inner.get(node.id, scope)
        if kind in _EXPRESSIONS:
            yield Expression(node, scope)
        waiting.extend((child, scope) for child in reversed(node.named_children))


def read_module(path: str, text: str, name: str, previous: PythonModule | None = None) -> PythonModule:
    """The module of a text; `previous` is the one that the file was before."""
    source = reparse_python(path, text, previous.source if previous is not None else None)
    return PythonModule(name, Path(path).name == "__init__.py", source, previous)


def module_name(path: str, root: Path) -> str:
    """How Python names the file: from the topmost folder of its package."""
    file = Path(path)
    parts = [] if file.name == "__init__.py" else [file.stem]
    folder = file.parent
    while (folder / "__init__.py").exists() and folder != folder.parent and folder.is_relative_to(root):
        parts.insert(0, folder.name)
        folder = folder.parent
    return ".".join(parts) or file.parent.name


def calls_named(module: PythonModule, name: str) -> list[tuple[Node, Scope]]:
    """The calls of a module whose callee ends with a name, each with the scope that it stands in."""
    found: list[tuple[Node, Scope]] = []
    if name.encode() not in module.callees:
        return found
    for match in re.finditer(rb"\b%s\s*\(" % re.escape(name.encode()), module.source.text):
        start = match.start()
        named = module.source.root.named_descendant_for_byte_range(start, start + len(name.encode()))
        callee = named.parent if named is not None and named.parent is not None else None
        if named is None or callee is None or named.type != "identifier":
            continue
        callee = callee if callee.type == "attribute" and callee.child_by_field_name("attribute") == named else named
        call = callee.parent
        if call is not None and call.type == "call" and call.child_by_field_name("function") == callee:
            found.append((call, scope_at(module, call)))
    return found


def scope_at(module: PythonModule, node: Node) -> Scope:
    """The scope whose names an expression sees."""
    above: list[Node] = []
    at: Node | None = node
    while at is not None:
        above.append(at)
        at = at.parent
    scope = module.top
    for outer in reversed(above):
        scope = scope.inner.get(outer.id, scope)
    return scope


def by_name(modules: Iterable[PythonModule]) -> dict[str, PythonModule]:
    """Modules by dotted name; the first of a name stays."""
    found: dict[str, PythonModule] = {}
    for module in modules:
        found.setdefault(module.name, module)
    return found
