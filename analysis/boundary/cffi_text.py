"""The C text of a `cdef`: its pieces as Python writes them, and as a C compiler reads them."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path

from gnomon.analysis.boundary.binding import Span
from gnomon.analysis.boundary.cffi_files import files_read
from gnomon.analysis.boundary.names import DEPTH_BOUND, Names
from gnomon.analysis.boundary.values import Module
from gnomon.analysis.syntax.python import Scope
from gnomon.analysis.syntax.tree import Source, descendants, parse_c
from tree_sitter import Node

Placed = Callable[[Node], Span]  # where a node of a text stands in the file that it is written in

# What cffi knows without a declaration, on every system; complex numbers are left out.
PRELUDE = (
    "#include <stddef.h>\n#include <stdint.h>\n#include <stdbool.h>\n#include <stdarg.h>\n"
    "typedef long ssize_t;\ntypedef struct _IO_FILE FILE;\n"
    "typedef uint_least16_t char16_t;\ntypedef uint_least32_t char32_t;\n"
)
_ESCAPE = re.compile(r"\\(?:\r?\n|x[0-9A-Fa-f]{2}|[0-7]{1,3}|[^\n])")
_PYTHON = re.compile(r'extern\s*"Python(?:\+C)?"\s*(\{?)')
_OPAQUE = re.compile(r"typedef\s*\.\.\.\s*(\**)\s*(\w+)\s*;")
_SOME_NUMBER = re.compile(r"typedef\s+[\w\s]*?\w\s*\.\.\.\s*(\w+)\s*;")
_FILLED = (
    (re.compile(r"(?<=[;{}])\s*\.\.\.\s*;"), ""),  # more members
    (re.compile(r",\s*\.\.\.\s*(?=,?\s*\})"), ""),  # more values
    (re.compile(r"=\s*\.\.\."), ""),  # some value
    (re.compile(r"\[\s*\.\.\.\s*\]"), "[1]"),  # some length
)
_SOME_VALUES = re.compile(r"\{\s*\.\.\.\s*\}")
_CONVENTION = re.compile(r"\b(?:__cdecl|__stdcall|WINAPI)\b")
_LEFT_OPEN = re.compile(r"(?<![,(])\s*\.\.\.|,\s*\.\.\.\s*\}|\[\s*\.\.\.")  # dots that are no argument list's
_COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.S)


@dataclass(frozen=True, slots=True)
class CffiDeclaration:
    """A function that a cdef declares: its C declaration, without the semicolon, and where its name stands."""

    name: str
    signature: str
    place: Span
    is_python: bool = False  # `extern "Python"`: Python implements it, C calls it


@dataclass(frozen=True, slots=True)
class CffiPiece:
    """The text of one literal, and what it declares."""

    text: str
    place: Span
    declarations: tuple[CffiDeclaration, ...]
    types: tuple[tuple[str, Span], ...]  # tags and typedefs, where the text defines them
    constants: tuple[tuple[str, Span], ...] = ()  # macros, and values of enumerations that list all of them


def pieces(node: Node, scope: Scope, names: Names, depth: int = 0) -> list[CffiPiece | None]:
    """Of a cdef's argument: literals, here or behind names, joined by `+` or by standing side by side; None in the
    place of what is computed. Files that a script reads are pieces, too."""
    if depth > DEPTH_BOUND:
        return [None]
    node, scope = names.written(node, scope)
    parts = [(part, scope) for part in node.named_children if part.type != "comment"]
    match node.type:
        case "identifier" | "attribute":
            parts = _joined(node, scope, names)
        case "string":
            return [_piece(node, scope.module.source)]
        case "concatenated_string" | "parenthesized_expression":
            pass
        case "binary_operator" if node.children[1].type == "+":
            pass
        case "call":
            return [_of_file(path) for path in files_read(names, node, scope)] or [None]
        case _:
            return [None]
    return [piece for part, home in parts for piece in pieces(part, home, names, depth + 1)] or [None]


def known_text(found: Sequence[CffiPiece | None]) -> str:
    """The text of a cdef without what is computed; empty where a declaration may reach into that."""
    text = ""
    for piece in found:
        if piece is None and not _is_between(text):
            return ""
        text += piece.text if piece is not None else "\n"
    return text if found and found[-1] is not None else text if _is_between(text) else ""


def _is_between(text: str) -> bool:
    """Does a text end between two declarations?"""
    lines = _COMMENT.sub(" ", text).rstrip().split("\n")
    plain = "\n".join(line for line in lines if not line.lstrip().startswith("#")).rstrip()
    return plain.count("{") == plain.count("}") and (not plain or plain.endswith(";"))


def _joined(node: Node, scope: Scope, names: Names) -> list[tuple[Node, Scope]]:
    """What a module's variable is given, and what is then added with `+=`, one after the other; here, or in the module
    that it is imported from. Nothing where it is set in any other way."""
    top, name = scope.module.top, scope.module.source.spelling(node)
    if node.type == "attribute":
        holder, member = (
            names.evaluate(node.child_by_field_name("object"), scope),
            node.child_by_field_name("attribute"),
        )
        if not isinstance(holder, Module) or holder.name not in names.modules or member is None:
            return []
        top, name = names.modules[holder.name].top, scope.module.source.spelling(member)
    places = top.names.get(name, [])
    if len(places) == 1 and places[0].kind == "import" and places[0].module in names.modules:
        top, name = names.modules[places[0].module].top, places[0].member
        places = top.names.get(name, [])
    found = []
    for number, place in enumerate(places):
        value = place.node if number == 0 and place.kind == "value" else None
        if number and place.kind == "augmented" and place.node.children[1].type == "+=":
            value = place.node.child_by_field_name("right")
        if value is None or _statement_of(place.node) != top.node:
            return []
        found.append((value, top))
    return found


def _statement_of(node: Node) -> Node | None:
    """What the statement around an expression stands in."""
    at: Node | None = node
    while at is not None and at.type != "expression_statement":
        at = at.parent
    return at.parent if at is not None else None


def _piece(node: Node, source: Source) -> CffiPiece | None:
    try:
        text = ast.literal_eval(source.spelling(node))
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None
    if not isinstance(text, str):
        return None
    content = source.string_content(node)
    if content is None:
        return CffiPiece(text, source.span(node), (), ())
    # At their places in the Python file: escapes are blanks as long as they are.
    written = _ESCAPE.sub(lambda escape: re.sub(r"[^\n]", " ", escape[0]), source.spelling(content))
    inner = parse_c(source.path, written)
    return _said(text, source.span(node), inner, partial(_placed, source, content, inner))


def _of_file(path: Path) -> CffiPiece | None:
    try:
        text = path.read_text("utf-8", "replace")
    except OSError:
        return None
    source = parse_c(str(path), text)
    return _said(text, source.span(source.root), source, source.span)


def _said(text: str, place: Span, inner: Source, placed: Placed) -> CffiPiece:
    declared, types, constants = _declarations(inner, placed), _types(inner, placed), _constants(inner, placed)
    return CffiPiece(text, place, tuple(declared), tuple(types), tuple(constants))


def _types(inner: Source, placed: Placed) -> Iterator[tuple[str, Span]]:
    for node in descendants(inner.root):
        named = node.child_by_field_name("name")
        if node.type in ("struct_specifier", "union_specifier", "enum_specifier"):
            if named is not None and node.child_by_field_name("body") is not None:
                yield inner.spelling(named), placed(named)
        elif node.type == "type_definition":
            for declarator in node.children_by_field_name("declarator"):
                if declarator.type == "type_identifier":
                    yield inner.spelling(declarator), placed(declarator)


def _constants(inner: Source, placed: Placed) -> Iterator[tuple[str, Span]]:
    for node in descendants(inner.root):
        named = node.child_by_field_name("name")
        if named is None or node.type not in ("preproc_def", "enumerator"):
            continue
        around = node.parent if node.type == "enumerator" else node
        if around is not None and not around.has_error and "..." not in inner.spelling(around):
            yield inner.spelling(named), placed(named)


def _declarations(inner: Source, placed: Placed) -> Iterator[CffiDeclaration]:
    """The functions of a piece."""
    waiting = [(node, False) for node in reversed(inner.root.named_children)]
    while waiting:
        node, is_python = waiting.pop()
        if node.type == "linkage_specification":
            language, body = node.child_by_field_name("value"), node.child_by_field_name("body")
            is_pythons = language is not None and "Python" in inner.spelling(language)
            listed = body.named_children if body is not None and body.type == "declaration_list" else [body]
            waiting += [(child, is_pythons) for child in reversed(listed) if child is not None]
        elif node.type == "declaration" and not node.has_error:
            for declarator in node.children_by_field_name("declarator"):
                named = _function_name(declarator)
                if named is not None:
                    text = " ".join(inner.spelling(node).rstrip(";").split())
                    place = placed(named)
                    yield CffiDeclaration(inner.spelling(named), text, place, is_python)


def _function_name(declarator: Node) -> Node | None:
    """The name in `*f(int)`; None for variables, and for pointers to functions."""
    while declarator.type == "pointer_declarator":
        declarator = declarator.child_by_field_name("declarator") or declarator.named_children[-1]
    named = declarator.child_by_field_name("declarator") if declarator.type == "function_declarator" else None
    return named if named is not None and named.type == "identifier" else None


def _placed(outer: Source, content: Node, inner: Source, node: Node) -> Span:
    """The span of a node of the inner text in the file around it."""
    own, start = inner.span(node), outer.span(content)
    shift = start.column - 1 if own.line == 1 else 0
    line = start.line + own.line - 1
    return Span(outer.path, line, own.column + shift, line, own.end_column + shift)


def is_left_open(text: str) -> bool:
    """Does the text leave sizes, members or values to a C compiler, as only API mode can?"""
    return bool(_LEFT_OPEN.search(_OPAQUE.sub("", _COMMENT.sub(" ", text))))


def compilable(text: str) -> str:
    """A cdef's text as C, behind what cffi knows by itself.

    Types that it leaves opaque are structures of their own; numbers of unknown size become vectors, which no check
    compares. What else is left open is left out: see `is_left_open`.
    """
    text = _COMMENT.sub(lambda comment: re.sub(r"[^\n]", " ", comment[0]), text)
    text = _CONVENTION.sub("", text)
    text = _OPAQUE.sub(r"typedef struct _opaque_\2 \1\2;", text)
    text = _SOME_NUMBER.sub(r"typedef int \1 __attribute__((vector_size(16)));", text)
    numbers = count()
    text = _SOME_VALUES.sub(lambda _: f"{{ _some_{next(numbers)} }}", text)
    for pattern, filling in _FILLED:
        text = pattern.sub(filling, text)
    braces = [match for match in _PYTHON.finditer(text) if match[1]]
    for match in reversed(braces):
        end = text.find("}", match.end())
        text = text if end < 0 else text[: match.start()] + text[match.end() : end] + text[end + 1 :]
    return PRELUDE + _PYTHON.sub("", text)
