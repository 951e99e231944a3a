"""Rename across the boundary.

A ctypes function is renamed with its definition, its declarations in headers, its C uses and its Python uses
together. The Python name of an extension's function, method or attribute is renamed in its table and in Python, and
in C too where the C function has the same name. What is not safe is refused, with the reason: functions without
source, names that a macro writes, names that would collide, and names of which some use cannot be told apart. Names
that stay in one language are left to its own language server.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gnomon.analysis.boundary.binding import Binding, Span
from gnomon.analysis.boundary.values import External, Value
from gnomon.analysis.navigation.index import Index, place_of, use_of
from gnomon.analysis.navigation.modules import Asked, Parsed, asked
from gnomon.analysis.navigation.target import Position, distinct, native_at, python_at
from gnomon.analysis.navigation.text import Lines
from gnomon.analysis.syntax.python import PythonModule, scope_at
from gnomon.analysis.syntax.tree import Source, descendants, parse_c
from gnomon.analysis.workspace import Snapshot
from tree_sitter import Node

_C_WORDS = frozenset({
    "auto", "break", "case", "char", "const", "continue", "default", "do", "double", "else", "enum", "extern",
    "float", "for", "goto", "if", "inline", "int", "long", "register", "restrict", "return", "short", "signed",
    "sizeof", "static", "struct", "switch", "typedef", "union", "unsigned", "void", "volatile", "while",
})  # fmt: skip
_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a name that crosses the boundary cannot be renamed."""

    reason: str


@dataclass(frozen=True, slots=True)
class Renaming:
    """All places of one name; `here` is the one at the cursor."""

    name: str
    here: Span
    edges: tuple[Binding, ...]
    places: tuple[Span, ...]
    in_c: bool


def prepare_rename(snapshot: Snapshot, index: Index, parsed: Parsed, at: Position) -> Renaming | Refusal | None:
    """What a rename at a position would change; None when the name does not cross the boundary. `snapshot` lists the
    workspace."""
    crossing = python_at(index.boundary, at) or native_at(index.boundary, at)
    crossing = [b for b in crossing if b.kind not in ("slot", "type")]
    if not crossing:
        return None
    lines, names = Lines(snapshot), {_python_name(b) for b in crossing}
    in_c = any(b.kind == "ctypes" or _python_name(b) == b.native for b in crossing)
    if not python_at(index.boundary, at) and not in_c:
        return None  # a C name that Python does not see
    if len(names) != 1:
        return Refusal(f"it has several names in Python: {', '.join(sorted(names))}")
    name = names.pop()
    edges = _all_edges(crossing, index, in_c)
    refused = _refusal(snapshot, edges, name, in_c, index, lines)
    if refused is not None:
        return refused
    places = distinct(_places(edges, name, in_c, index, lines))
    here = next((p for p in places if p.path == at.path and p.line == at.line and _has(p, at.column)), None)
    if here is None:
        return None  # an alias in Python
    missed = _missed(snapshot, index, parsed, name, in_c, set(places), edges)
    if missed is not None:
        return Refusal(f"{name} also stands at {snapshot.relative(missed.path)}:{missed.line}, and whether it is this "
                       "function is not certain")  # fmt: skip
    return Renaming(name, here, tuple(edges), tuple(places), in_c)


def rename(snapshot: Snapshot, index: Index, parsed: Parsed, at: Position, new: str) -> list[Span] | Refusal | None:
    """The places that get the new name, or why not; None as for `prepare_rename`."""
    found = prepare_rename(snapshot, index, parsed, at)
    if not isinstance(found, Renaming):
        return found
    if not _IDENTIFIER.fullmatch(new) or keyword.iskeyword(new) or (found.in_c and new in _C_WORDS):
        return Refusal(f"{new!r} is no name in both languages")
    holders = {b.python.rpartition(".")[0] for b in found.edges}
    if any(_python_name(b) == new and b.python.rpartition(".")[0] in holders for b in index.boundary.bindings):
        return Refusal(f"{new} exists already on the Python side")
    if found.in_c:
        taken = next(_identifiers(snapshot, _c_files(snapshot), new), None)
        if taken is not None:
            return Refusal(f"{new} exists already, at {snapshot.relative(taken.path)}:{taken.line}")
    return list(found.places)


def _python_name(binding: Binding) -> str:
    return binding.native if binding.kind == "ctypes" else binding.python.rpartition(".")[2]


def _has(span: Span, column: int) -> bool:
    return span.column <= column <= span.end_column


def _all_edges(crossing: Iterable[Binding], index: Index, in_c: bool) -> list[Binding]:
    found: dict[int, Binding] = {}
    for binding in crossing:
        same = index.boundary.of_native(binding.native_key) if in_c else index.by_python.get(binding.python, [])
        found |= {id(b): b for b in (binding, *same)}
    return list(found.values())


def _refusal(
    snapshot: Snapshot, edges: list[Binding], name: str, in_c: bool, index: Index, lines: Lines
) -> Refusal | None:
    for binding in edges:
        if binding.kind in ("slot", "type"):
            return Refusal(f"its function also fills a slot: {binding.python}")
        if binding.kind == "capsule":
            return Refusal(f"it is handed out in a capsule, {binding.python}, that others may ask for")
        if _python_name(binding) != name:
            return Refusal(f"Python also knows it as {binding.python}")
        if binding.kind == "ctypes" and index.function(binding.native_key) is None:
            return Refusal(f"{name} has no source in the workspace")
        if binding.kind != "ctypes" and (binding.declared is None or not _is_quoted(binding.declared, name, lines)):
            return Refusal(f"the name {name} in its table is written by a macro")
    for span in _c_places(edges, index) if in_c else ():
        if not snapshot.contains(span.path):
            return Refusal(f"{name} is declared outside of the workspace, in {span.path}")
        if lines.spelled(span) != name:
            return Refusal(f"a macro writes {name} at {snapshot.relative(span.path)}:{span.line}")
    if in_c and not any(f.is_definition for b in edges for f in index.places.get(b.native_key, [])):
        return Refusal(f"{name} is only declared in the workspace; its source is elsewhere")
    return None


def _is_quoted(span: Span, name: str, lines: Lines) -> bool:
    return lines.spelled(span) == name and lines.before(span).endswith('"') and lines.after(span).startswith('"')


def _c_places(edges: Iterable[Binding], index: Index) -> Iterator[Span]:
    for key in {b.native_key for b in edges if b.native_key}:
        yield from map(place_of, index.places.get(key, []))
        yield from map(use_of, index.references.get(key, []))


def _places(edges: list[Binding], name: str, in_c: bool, index: Index, lines: Lines) -> Iterator[Span]:
    for binding in edges:
        for use in binding.uses:
            # A plain name of a ctypes function is a variable of Python's, and stays as it is.
            if lines.spelled(use) == name and (binding.kind != "ctypes" or _is_member(use, lines)):
                yield use
        if binding.kind != "ctypes" and binding.declared is not None:
            yield binding.declared
    if in_c:
        yield from _c_places(edges, index)


def _is_member(use: Span, lines: Lines) -> bool:
    return lines.before(use).rstrip()[-1:] in (".", "'", '"')


def _missed(
    snapshot: Snapshot, index: Index, parsed: Parsed, name: str, in_c: bool, known: set[Span], edges: list[Binding]
) -> Span | None:
    """A place that may mean the function and is not among those that do: in C that was not compiled, or in Python
    behind an object that is not known."""
    for span in (span for b in edges for span in b.possible_uses):
        if span not in known:
            return span
    if in_c:
        for span in _identifiers(snapshot, _c_files(snapshot), name):
            if span not in known:
                return span
    for path in snapshot.python_files:
        if name in snapshot.text(path):
            question = asked(snapshot, index, parsed, path)
            found = next(
                (s for s in _uncertain(question, question.modules.of(path), name, edges) if s not in known), None
            )
            if found is not None:
                return found
    return None


def _c_files(snapshot: Snapshot) -> tuple[str, ...]:
    return (*snapshot.c_files, *snapshot.headers)


def _identifiers(snapshot: Snapshot, paths: Iterable[str], name: str) -> Iterator[Span]:
    """Where C code has an identifier, in what is compiled and what is not; names of fields are others."""
    word = re.compile(rf"\b{re.escape(name)}\b")
    for path in paths:
        text = snapshot.text(path)
        if not word.search(text):
            continue
        source = parse_c(path, text)
        for node in descendants(source.root):
            if node.type in ("identifier", "type_identifier") and source.spelling(node) == name:
                yield source.span(node)
            elif node.type == "preproc_arg" and word.search(source.spelling(node)):
                yield _in_macro(source, node, word)


def _in_macro(source: Source, node: Node, word: re.Pattern[str]) -> Span:
    match = word.search(source.spelling(node))
    start = source.span(node)
    column = start.column + (len(source.spelling(node)[: match.start()].encode()) if match is not None else 0)
    return Span(start.path, start.line, column, start.line, column + len(word.pattern.strip("\\b")))


def _uncertain(question: Asked, module: PythonModule, name: str, edges: Iterable[Binding]) -> Iterator[Span]:
    """Where a module has the name and may mean the function: attributes and whole strings, as `getattr` gets them, but
    those that certainly mean something else; and where Python binds an extension's function to a name again."""
    source, bound = module.source, {b.python for b in edges if b.kind != "ctypes"}
    for node in descendants(source.root):
        named: Node | None = None
        if node.type == "attribute":
            attribute = node.child_by_field_name("attribute")
            named = None if _value(question, module, node) is not None else attribute
        elif node.type == "string" and source.string_value(node) == name:
            named = source.string_content(node) if bound or not _is_exported(source, node) else None
        elif node.type in ("assignment", "aliased_import") and bound:
            first = node.child_by_field_name("left") or node.child_by_field_name("name")
            held = node.child_by_field_name("right") or node.child_by_field_name("alias")
            value = _value(question, module, held) if held is not None else None
            named = first if isinstance(value, External) and value.name in bound else None
        if named is not None and source.spelling(named) == name:
            yield source.span(named)


def _is_exported(source: Source, node: Node) -> bool:
    """Is the string in `__all__`, which names Python's own?"""
    at = node.parent
    while at is not None and at.type in ("list", "tuple"):
        at = at.parent
    target = at.child_by_field_name("left") if at is not None else None
    return target is not None and source.spelling(target) == "__all__"


def _value(question: Asked, module: PythonModule, node: Node) -> Value | None:
    return question.names.evaluate(node, scope_at(module, node))
