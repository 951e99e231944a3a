"""Parsing a text again after an edit: what has not changed is taken from the tree before.

The tree is the one that a parse of the whole text gives. Where the text is broken, how tree-sitter mends it may depend
on the tree before: such texts are parsed whole.
"""

from __future__ import annotations

import bisect

import tree_sitter_python
from gnomon.analysis.syntax.tree import Source, parse_python
from tree_sitter import Language, Parser, Tree


def reparse_python(path: str, text: str, previous: Source | None) -> Source:
    """The text as parsed; `previous` is what stood in the file before, if that is known."""
    if previous is None or previous.root.has_error:
        return parse_python(path, text)
    data = text.encode("utf-8", "surrogatepass")
    if data == previous.text:
        return Source(path, data, previous.tree)
    tree = Parser(Language(tree_sitter_python.language())).parse(data, _edited(previous, data))
    return parse_python(path, text) if tree.root_node.has_error else Source(path, data, tree)


def _edited(previous: Source, data: bytes) -> Tree:
    """A copy of the tree before, told which lines are other ones now."""
    old = previous.text
    begin = old.rfind(b"\n", 0, _same_at_start(old, data)) + 1
    same = _same_at_end(old[begin:], data[begin:])
    line_end = old.find(b"\n", len(old) - same)
    same = len(old) - line_end if line_end >= 0 else 0  # whole lines, so that no character is cut
    old_end, new_end = len(old) - same, len(data) - same
    tree = previous.tree.copy()
    tree.edit(
        start_byte=begin,
        old_end_byte=old_end,
        new_end_byte=new_end,
        start_point=_point(old, begin),
        old_end_point=_point(old, old_end),
        new_end_point=_point(data, new_end),
    )
    return tree


def _same_at_start(one: bytes, other: bytes) -> int:
    """How many bytes both begin with."""
    lengths = range(1, min(len(one), len(other)) + 1)
    return bisect.bisect_left(lengths, True, key=lambda length: one[:length] != other[:length])


def _same_at_end(one: bytes, other: bytes) -> int:
    lengths = range(1, min(len(one), len(other)) + 1)
    return bisect.bisect_left(lengths, True, key=lambda length: one[-length:] != other[-length:])


def _point(text: bytes, at: int) -> tuple[int, int]:
    return text.count(b"\n", 0, at), at - (text.rfind(b"\n", 0, at) + 1)
