"""Texts that are not UTF-8: what is read in their place."""

from __future__ import annotations

import re

import tree_sitter_c
from gnomon.analysis.syntax.tree import descendants
from tree_sitter import Language, Parser

_ESCAPED = re.compile("[\udc80-\udcff]")  # how "surrogateescape" writes a foreign byte
REFUSAL = "#error the file is not UTF-8 outside of its comments\n"


def encodable(text: str) -> str:
    """A text that UTF-8 can hold: half a surrogate pair, as an editor may send, becomes the replacement character."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def stand_in(data: bytes) -> str | None:
    """UTF-8 text of the same meaning, byte for byte in place; None when the bytes are UTF-8 as they are.

    In comments each foreign byte becomes "?". Elsewhere, as in a string literal, the program would become another one:
    such a file stands for an error that says so.
    """
    foreign = _foreign(data)
    if not foreign:
        return None
    plain = bytearray(data)
    for position in foreign:
        plain[position] = ord("?")
    tree = Parser(Language(tree_sitter_c.language())).parse(bytes(plain))
    for node in descendants(tree.root_node):
        if node.type == "comment":
            foreign.difference_update(range(node.start_byte, node.end_byte))
    return REFUSAL if foreign else plain.decode()


def _foreign(data: bytes) -> set[int]:
    """Positions of the bytes that are part of no UTF-8 letter."""
    found = set()
    text = data.decode("utf-8", "surrogateescape")
    position = last = 0
    for match in _ESCAPED.finditer(text):
        position += len(text[last : match.start()].encode())
        found.add(position)
        position, last = position + 1, match.end()
    return found
