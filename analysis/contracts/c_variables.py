"""Variables of a C text that hold one value only, as far as the text alone can tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gnomon.analysis.syntax.tree import Source
from tree_sitter import Node


@dataclass(frozen=True, slots=True)
class CInitialised:
    """`name` is the node that declares it, `value` what it begins with, `uses` are all other places that name it."""

    name: Node
    value: Node
    declarator: Node  # with its stars and brackets
    declaration: Node
    uses: tuple[Node, ...]


def initialised(source: Source, name: str, byte: int) -> CInitialised | None:
    """The variable that a name means at a place: of the function around it, else of the file.

    None where it is declared twice (for another system, in an inner block), without a value, or as a parameter.
    """
    around = function_around(source.root.descendant_for_byte_range(byte, byte))
    nodes = _named(source, name, around) if around is not None else []
    if not any(_declarator(node) is not None or _is_other_declaration(node) for node in nodes):
        nodes = _named(source, name, source.root)
    found = _only(nodes)
    block = found.declaration.parent if found is not None else None
    return found if block is not None and block.start_byte <= byte < block.end_byte else None


def is_constant(found: CInitialised) -> bool:
    """Does nothing give the variable another value? A pointer that is only passed on stays as it is, where no other
    file can name it; an array does when it is `const`."""
    if found.declarator.type == "array_declarator":
        return _has(found.declaration, b"const")
    if _has(found.declarator, b"const"):
        return True
    is_own = _has(found.declaration, b"static") or function_around(found.declaration) is not None
    return is_own and all(_is_read(use) for use in found.uses)


def function_around(node: Node | None) -> Node | None:
    """The function definition that a node is in."""
    while node is not None and node.type != "function_definition":
        node = node.parent
    return node


def _has(node: Node, word: bytes) -> bool:
    return any(child.text == word for child in node.children)


def _is_read(node: Node) -> bool:
    """Is the value passed to a function, or its size taken?"""
    above = node.parent
    return above is not None and above.type in ("argument_list", "sizeof_expression")


def _named(source: Source, name: str, inside: Node) -> list[Node]:
    """The identifiers of that name; a place that cannot be told apart counts, too."""
    found = []
    for match in re.finditer(rb"\b%s\b" % re.escape(name.encode()), source.text[inside.start_byte : inside.end_byte]):
        begin, end = inside.start_byte + match.start(), inside.start_byte + match.end()
        node = source.root.descendant_for_byte_range(begin, end)
        if node is not None and node.type not in ("comment", "string_content", "field_identifier", "string_literal"):
            found.append(node)
    return found


def _only(nodes: Sequence[Node]) -> CInitialised | None:
    declared = [(node, found) for node in nodes if (found := _declarator(node)) is not None]
    if len(declared) != 1 or any(node.type != "identifier" or _is_other_declaration(node) for node in nodes):
        return None
    name, around = declared[0]
    value, declarator = around.child_by_field_name("value"), around.child_by_field_name("declarator")
    declaration = around.parent
    if value is None or declarator is None or declaration is None or declaration.type != "declaration":
        return None
    if declaration.has_error:
        return None
    return CInitialised(name, value, declarator, declaration, tuple(node for node in nodes if node != name))


def _declarator(node: Node) -> Node | None:
    """The `name = value` whose name a node is."""
    at, above = node, node.parent
    while above is not None and above.type in ("pointer_declarator", "array_declarator"):
        if above.child_by_field_name("declarator") != at:
            return None
        at, above = above, above.parent
    is_it = above is not None and above.type == "init_declarator" and above.child_by_field_name("declarator") == at
    return above if is_it else None


def _is_other_declaration(node: Node) -> bool:
    """Is it declared there without a value, as a parameter, or by a macro?"""
    at, above = node, node.parent
    while above is not None and above.type in ("pointer_declarator", "array_declarator", "parenthesized_declarator"):
        at, above = above, above.parent
    if above is None or above.type in ("preproc_def", "preproc_function_def", "preproc_params", "ERROR"):
        return True
    if above.type in ("parameter_declaration", "declaration"):
        return at in above.children_by_field_name("declarator")
    return False


def elements(node: Node) -> Iterator[Node]:
    """Of an initialiser list, comments aside."""
    yield from (child for child in node.named_children if child.type != "comment")


def literal_text(source: Source, node: Node) -> str | None:
    """The text of one or more plain string literals side by side; None with escapes, prefixes and macros in it."""
    parts = list(elements(node)) if node.type == "concatenated_string" else [node]
    texts = []
    for part in parts:
        spelled = source.spelling(part)
        if part.type != "string_literal" or not spelled.startswith('"') or "\\" in spelled or not spelled.isascii():
            return None
        texts.append(spelled[1:-1])
    return "".join(texts)
