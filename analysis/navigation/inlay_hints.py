"""Inlay hints across the boundary.

At each Python call of a ctypes function: the C parameter, with its type, before the argument that fills it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gnomon.analysis.boundary.binding import Binding, Span
from gnomon.analysis.navigation.index import Index
from gnomon.analysis.navigation.modules import Parsed, asked
from gnomon.analysis.navigation.parameters import parameters_of
from gnomon.analysis.navigation.target import Position, is_python
from gnomon.analysis.syntax.python import PythonModule
from gnomon.analysis.workspace import Snapshot
from tree_sitter import Node


@dataclass(frozen=True, slots=True)
class Hint:
    """`label`, "int value:", belongs right before `at`."""

    at: Position
    label: str
    tooltip: str


def inlay_hints(snapshot: Snapshot, index: Index, parsed: Parsed, path: str, first: int, last: int) -> list[Hint]:
    """Hints of the calls on lines `first` to `last`, from 1."""
    if not is_python(path):
        return []
    module = asked(snapshot, index, parsed, path).modules.of(path)
    found: dict[Position, Hint] = {}
    for line in range(first, min(last, module.source.root.end_point.row + 1) + 1):
        for use, binding in index.boundary.on_line(path, line):
            if binding.kind == "ctypes" and use.line == line and use != binding.declared:
                found.update((hint.at, hint) for hint in _of_use(module, use, binding))
    return sorted(found.values(), key=lambda hint: (hint.at.line, hint.at.column))


def _of_use(module: PythonModule, use: Span, binding: Binding) -> Iterator[Hint]:
    listed = arguments_at(module, use, binding.native)
    parameters = parameters_of(binding.signature, binding.native) if listed is not None else None
    if listed is None or parameters is None:
        return
    given = [child for child in listed.named_children if child.type != "comment"]
    for argument, parameter in zip(given, parameters.items, strict=False):
        if argument.type in ("list_splat", "dictionary_splat", "keyword_argument", "ERROR", "generator_expression"):
            return
        start = argument.start_point
        at = Position(module.source.path, start.row + 1, start.column + 1)
        yield Hint(at, f"{parameter.text}:", binding.signature)


def arguments_at(module: PythonModule, use: Span, name: str) -> Node | None:
    """The arguments of the call whose callee ends with the name at a place; None when it is not called there, or when
    another name stands there by now."""
    first, last = (use.line - 1, use.column - 1), (use.end_line - 1, use.end_column - 1)
    node = module.source.root.named_descendant_for_point_range(first, last)
    if node is None or module.source.spelling(node) != name:
        return None
    while node.parent is not None and node.parent.type in ("attribute", "string", "subscript"):
        if node.parent.type == "attribute" and node.parent.child_by_field_name("attribute") != node:
            return None
        node = node.parent
    call = node.parent
    if call is None or call.type != "call" or call.child_by_field_name("function") != node:
        return None
    listed = call.child_by_field_name("arguments")
    return listed if listed is not None and listed.type == "argument_list" else None
