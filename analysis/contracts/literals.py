"""Python literals, and the units of PyArg_Parse* that reject them with TypeError in every version."""

from __future__ import annotations

from typing import Literal

from gnomon.analysis.syntax.tree import Source
from tree_sitter import Node

Kind = Literal["str", "bytes", "int", "float", "None", "list", "tuple", "dict", "set"]

_NODES: dict[str, Kind] = {
    "integer": "int", "float": "float", "none": "None", "list": "list", "tuple": "tuple", "dictionary": "dict",
    "set": "set",
}  # fmt: skip
SHOWN: dict[Kind, str] = {
    "str": "a string", "bytes": "bytes", "int": "an integer", "float": "a float", "None": "None", "list": "a list",
    "tuple": "a tuple", "dict": "a dictionary", "set": "a set",
}  # fmt: skip
_ALL = frozenset(SHOWN)
_TEXT = _ALL - {"str"}
_DATA = _ALL - {"bytes"}
_EITHER = _ALL - {"str", "bytes"}

# Units that call back into Python code for what they get (`O&`), or take all, have no row.
REFUSED: dict[str, frozenset[Kind]] = {
    **dict.fromkeys(("b", "B", "h", "H", "i", "I", "l", "k", "L", "K", "n"), _ALL - {"int"}),
    **dict.fromkeys(("f", "d", "D"), _ALL - {"int", "float"}),
    **dict.fromkeys(("s", "U", "C"), _TEXT), "z": _TEXT - {"None"},
    **dict.fromkeys(("s*", "s#"), _EITHER), **dict.fromkeys(("z*", "z#"), _EITHER - {"None"}),
    **dict.fromkeys(("y", "y*", "y#", "S", "c"), _DATA), "Y": _ALL, "w*": _ALL,
    "(": frozenset({"int", "float", "None"}),
}  # fmt: skip
TAKEN: dict[str, str] = {
    **dict.fromkeys(("b", "B", "h", "H", "i", "I", "l", "k", "L", "K", "n"), "an integer"),
    **dict.fromkeys(("f", "d"), "a number"), "D": "a complex number",
    **dict.fromkeys(("s", "U"), "a string"), "C": "a string of one character", "z": "a string or None",
    **dict.fromkeys(("s*", "s#"), "a string or bytes"), **dict.fromkeys(("z*", "z#"), "a string, bytes or None"),
    **dict.fromkeys(("y", "y*", "y#"), "bytes"), "S": "bytes", "c": "one byte", "Y": "a bytearray",
    "w*": "a writable buffer", "(": "a sequence",
}  # fmt: skip


def literal_kind(source: Source, node: Node) -> Kind | None:
    """None for anything that is no literal."""
    while node.type == "parenthesized_expression" and len(node.named_children) == 1:
        node = node.named_children[0]
    if node.type == "unary_operator" and source.spelling(node)[:1] in "-+" and node.named_children:
        inner = literal_kind(source, node.named_children[-1])
        return inner if inner in ("int", "float") else None
    if node.type == "concatenated_string":
        kinds = {literal_kind(source, child) for child in node.named_children if child.type == "string"}
        return kinds.pop() if len(kinds) == 1 else None
    if node.type == "string":
        prefix = source.spelling(node).partition("'" if "'" in source.spelling(node)[:4] else '"')[0].lower()
        return "bytes" if "b" in prefix else None if "t" in prefix else "str"
    if node.type in ("integer", "float") and source.spelling(node)[-1:] in "jJ":
        return None
    return _NODES.get(node.type)
