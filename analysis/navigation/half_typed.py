"""What stands before the cursor in text that is being typed, and need not be a program yet.

The line with the cursor is replaced by the expression that counts, so that nothing half-typed reaches the parser.
"""

from __future__ import annotations

from dataclasses import dataclass

from gnomon.analysis.boundary.values import Value
from gnomon.analysis.navigation.modules import Asked
from gnomon.analysis.navigation.target import Position
from gnomon.analysis.navigation.text import Lines
from gnomon.analysis.syntax.python import scope_at
from tree_sitter import Node

LOOK_BACK = 60  # lines between an opening bracket and the cursor
_CLOSING = {")": "(", "]": "[", "}": "{"}


@dataclass(frozen=True, slots=True)
class Attribute:
    """`holder.prefix` with the cursor at its end."""

    holder: str
    prefix: str


@dataclass(frozen=True, slots=True)
class Call:
    """`callee(a, b, ` with the cursor behind it: on `line`, with `argument` commas before; `keyword` where one is
    being given."""

    callee: str
    line: int
    argument: int
    keyword: str = ""


def attribute_before(text: str) -> Attribute | None:
    """The attribute at the end of a line's text; None within strings and comments, and where none is."""
    if _is_inside(text):
        return None
    end = len(text.rstrip()) if text.rstrip().endswith(".") else len(text)
    start = end
    while start > 0 and _is_letter(text[start - 1]):
        start -= 1
    if start == 0 or text[start - 1] != ".":
        return None
    holder = _expression_before(_without_strings(text[: start - 1]), text)
    return Attribute(holder, text[start:end]) if holder else None


def call_before(lines: Lines, at: Position) -> Call | None:
    """The call whose arguments the cursor is among."""
    commas, depth, last = 0, 0, ""
    for number in range(at.line, max(at.line - LOOK_BACK, 0), -1):
        text = lines.line(at.path, number)
        if number == at.line:
            text = text.encode("utf-8", "surrogatepass")[: at.column - 1].decode("utf-8", "replace")
        shown = _without_strings(text)
        for position in range(len(shown) - 1, -1, -1):
            letter = shown[position]
            if letter in _CLOSING:
                depth += 1
            elif letter in _CLOSING.values() and depth > 0:
                depth -= 1
            elif letter == "(":
                callee = _expression_before(shown[:position], text)
                name, equals, _ = last.partition("=")
                keyword = name.strip() if equals and name.strip().isidentifier() else ""
                return Call(callee, number, commas, keyword) if callee else None
            elif letter in "[{":
                return None
            elif letter == "," and depth == 0:
                commas += 1
            if depth == 0 and commas == 0:
                last = letter + last
    return None


def value_of(expression: str, line: int, lines: Lines, path: str, asked: Asked) -> Value | None:
    """What an expression means that stands on a line, whatever else is on it."""
    text = lines.of(path)
    if not 0 < line <= len(text):
        return None
    old = text[line - 1]
    indent = old[: len(old) - len(old.lstrip())]
    opens = old.rstrip().endswith(":") and old.lstrip().startswith(("if ", "elif ", "while ", "for ", "with "))
    mended = f"{indent}if {expression}:" if opens else indent + expression
    start = len((indent + ("if " if opens else "")).encode("utf-8", "surrogatepass"))
    module = asked.modules.typed(path, "\n".join([*text[: line - 1], mended, *text[line:]]))
    first, last = (line - 1, start), (line - 1, start + len(expression.encode("utf-8", "surrogatepass")))
    node = module.source.root.named_descendant_for_point_range(first, last)
    while node is not None and node.type in ("expression_statement", "module", "block"):
        node = next((child for child in node.named_children if _covers(child, first, last)), None)
    return asked.names.evaluate(node, scope_at(module, node)) if node is not None else None


def _covers(node: Node, first: tuple[int, int], last: tuple[int, int]) -> bool:
    return (tuple(node.start_point), tuple(node.end_point)) == (first, last)


def _is_letter(letter: str) -> bool:
    return letter == "_" or letter.isalnum()


def _expression_before(shown: str, text: str = "") -> str:
    """The names, calls and subscripts that a text ends with: `a.b(c).d`; taken from `text` where strings are hidden."""
    position, wants_name = len(shown), True
    while position > 0:
        letter = shown[position - 1]
        if _is_letter(letter):
            position -= 1
            wants_name = False
        elif letter in _CLOSING and letter != "}":
            position = _opening(shown, position - 1)
            if position < 0:
                return ""
            wants_name = False
        elif letter == "." and not wants_name:
            position -= 1
            wants_name = True
        else:
            break
    found = (text or shown)[position : len(shown)]
    return "" if wants_name or not found or found[0].isdigit() else found


def _opening(text: str, close: int) -> int:
    depth = 0
    for position in range(close, -1, -1):
        if text[position] in _CLOSING:
            depth += 1
        elif text[position] in _CLOSING.values():
            depth -= 1
            if depth == 0:
                return position
    return -1


def _is_inside(text: str) -> bool:
    """Does a line's text end within a string or a comment that began on it?"""
    return _without_strings(text + "x")[-1] != "x"


def _without_strings(text: str) -> str:
    """The text with blanks for what is inside quotes and comments, letter for letter."""
    shown, quote, position = [], "", 0
    while position < len(text):
        letter = text[position]
        if quote:
            if letter == "\\":
                shown.append("  "[: len(text) - position])
                position += 2
                continue
            quote = "" if letter == quote else quote
            shown.append(" ")
        elif letter == "#":
            shown.append(" " * (len(text) - position))
            break
        else:
            quote = letter if letter in "'\"" else ""
            shown.append(" " if quote else letter)
        position += 1
    return "".join(shown)
