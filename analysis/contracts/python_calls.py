"""Python calls around the uses of a native name: what is passed, as far as it is literal, and who would notice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from gnomon.analysis.boundary.binding import Span
from gnomon.analysis.contracts.contradiction import Subject
from gnomon.analysis.syntax.tree import Source
from tree_sitter import Node

LiteralKind = Literal["integer", "float", "string", "bytes", "none", "other"]
_LITERALS: dict[str, LiteralKind] = {"integer": "integer", "float": "float", "none": "none"}
_EXPECTING = ("raises", "assertRaises", "assertRaisesRegex", "suppress")


@dataclass(frozen=True, slots=True)
class PassedValue:
    """A positional argument; `number` of an integer literal, `callee` of a call: what is called, as written."""

    at: Span
    kind: LiteralKind
    text: str
    number: int = 0
    callee: str = ""


@dataclass(frozen=True, slots=True)
class PythonCall:
    """A call; `is_complete` when its positional arguments are all there is: no star, no keyword."""

    at: Span
    values: tuple[PassedValue, ...]
    is_complete: bool
    is_result_used: bool
    is_guarded: bool  # inside a `try`, or where an exception is expected


@dataclass(slots=True)
class Calls:
    """Finds calls in the Python files of a workspace; each is read once."""

    subject: Subject
    _sources: dict[str, Source] = field(default_factory=dict)  # by path, of this workspace as it stands

    def source(self, path: str) -> Source:
        if path not in self._sources:
            self._sources[path] = self.subject.source(path)
        return self._sources[path]

    def around(self, use: Span) -> PythonCall | None:
        """The call of what a use names; None when the use is something else, or the text is half typed."""
        source = self.source(use.path)
        node: Node | None = source.root.named_descendant_for_point_range(
            (use.line - 1, use.column - 1), (use.end_line - 1, use.end_column - 1)
        )
        while node is not None and node.parent is not None and _names_the_same(node):
            node = node.parent
        call = node.parent if node is not None else None
        if node is None or call is None or call.type != "call" or call.child_by_field_name("function") != node:
            return None
        arguments = call.child_by_field_name("arguments")
        if arguments is None or arguments.type != "argument_list" or call.has_error:
            return None
        return _read(source, call, arguments)

    def value_at(self, place: Span) -> PassedValue | None:
        """An expression that stands at a place."""
        source = self.source(place.path)
        node = source.root.named_descendant_for_point_range(
            (place.line - 1, place.column - 1), (place.end_line - 1, place.end_column - 1)
        )
        return _value(source, node) if node is not None and source.span(node) == place else None

    def is_guarded(self, use: Span) -> bool:
        """Whether the program expects that the name may not be there."""
        source = self.source(use.path)
        at = (use.line - 1, use.column - 1)
        node = source.root.named_descendant_for_point_range(at, at)
        return node is None or _is_guarded(source, node)

    def attributes_named(self, name: str, strings: bool = False) -> Iterator[tuple[str, int]]:
        """File and line of every `x.name` and every string "name", in all Python files: where somebody could set it.

        With `strings`, only of the strings that are no index of a library.
        """
        for source, node in self._named(name, strings):
            yield source.path, node.start_point.row + 1

    def attributes_set(self, name: str) -> Iterator[tuple[str, int]]:
        """The same without `strings`; line 0 stands for an attribute of a function's parameter."""
        for source, node in self._named(name, False):
            yield source.path, 0 if _is_of_parameter(source, node) else node.start_point.row + 1

    def _named(self, name: str, strings: bool) -> Iterator[tuple[Source, Node]]:
        for path in self.subject.snapshot.python_files:
            if name not in self.subject.snapshot.text(path):
                continue
            source = self.source(path)
            for match in re.finditer(rb"\b%s\b" % name.encode(), source.text):
                node = source.root.named_descendant_for_byte_range(*match.span())
                above = node.parent if node is not None else None
                if node is None or above is None:
                    continue
                is_attribute = above.type == "attribute" and above.child_by_field_name("attribute") == node
                is_string = node.type == "string_content" and source.string_value(above) == name
                is_index = above.parent is not None and above.parent.type == "subscript"
                if (is_attribute and not strings) or (is_string and not (strings and is_index)):
                    yield source, above


def _is_of_parameter(source: Source, node: Node) -> bool:
    root: Node | None = node
    while root is not None and root.type in ("attribute", "subscript", "call"):
        root = root.named_children[0] if root.named_children else None
    name, above = source.spelling(root) if root is not None else "", node.parent
    while above is not None:
        listed = above.child_by_field_name("parameters")
        if listed is not None and name in re.findall(r"\w+", source.spelling(listed)):
            return True
        above = above.parent
    return False


def _names_the_same(node: Node) -> bool:
    """`push` inside `lib.push`, or the string in `lib["push"]`."""
    above = node.parent
    if above is None:
        return False
    if above.type == "attribute":
        return above.child_by_field_name("attribute") == node
    return node.type == "string_content" or (
        above.type == "subscript" and above.child_by_field_name("subscript") == node and node.type == "string"
    )


def _read(source: Source, call: Node, arguments: Node) -> PythonCall:
    given = [child for child in arguments.named_children if child.type != "comment"]
    plain = [child for child in given if child.type not in ("keyword_argument", "list_splat", "dictionary_splat")]
    above = call.parent
    return PythonCall(
        source.span(call),
        tuple(_value(source, node) for node in plain),
        len(plain) == len(given) and not any(child.type == "generator_expression" for child in given),
        above is not None and above.type != "expression_statement",
        _is_guarded(source, call),
    )


def _value(source: Source, node: Node) -> PassedValue:
    text = source.spelling(node)
    kind: LiteralKind = _LITERALS.get(node.type, "other")
    digits = text
    if node.type == "unary_operator" and node.named_children and text.startswith("-"):
        inner = node.named_children[0]
        kind = _LITERALS.get(inner.type, "other")
    if node.type == "string" and source.string_value(node) is not None:
        kind = "bytes" if text[:2].lower().startswith(("b", "rb")) or text[:2].lower() == "br" else "string"
    number = 0
    if kind == "integer":
        try:
            number = int(digits.replace(" ", ""), 0)
        except ValueError:
            kind = "other"
    function = node.child_by_field_name("function") if node.type == "call" else None
    return PassedValue(source.span(node), kind, text, number, source.spelling(function) if function is not None else "")


def _is_guarded(source: Source, node: Node) -> bool:
    at: Node | None = node
    while at is not None:
        if at.type == "try_statement":
            return True
        if at.type == "with_statement" and any(word in source.spelling(at).split(":")[0] for word in _EXPECTING):
            return True
        at = at.parent
    return False
