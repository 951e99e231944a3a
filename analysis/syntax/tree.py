"""tree-sitter trees of Python and C texts. Parsing never fails: half-typed text gives a tree with errors in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import tree_sitter_c
import tree_sitter_python
from gnomon.analysis.boundary.binding import Span
from tree_sitter import Language, Node, Parser, Query, QueryCursor, Tree


@dataclass(frozen=True, slots=True)
class Source:
    """A parsed text. Spans count from 1, columns in UTF-8 bytes."""

    path: str
    text: bytes
    tree: Tree

    @property
    def root(self) -> Node:
        return self.tree.root_node

    def spelling(self, node: Node) -> str:
        return self.text[node.start_byte : node.end_byte].decode("utf-8", "replace")

    def span(self, node: Node) -> Span:
        start, end = node.start_point, node.end_point
        return Span(self.path, start.row + 1, start.column + 1, end.row + 1, end.column + 1)

    def string_value(self, node: Node | None) -> str | None:
        """The content of a plain string literal; None for anything computed."""
        content = self.string_content(node)
        return None if content is None else self.spelling(content)

    def string_content(self, node: Node | None) -> Node | None:
        """The part of a string literal between its quotes; None for anything computed, or empty."""
        if node is None or node.type not in ("string", "string_literal"):
            return None
        inside = [child for child in node.named_children if child.type not in ("string_start", "string_end")]
        return inside[0] if len(inside) == 1 and inside[0].type == "string_content" else None


def parse_python(path: str, text: str) -> Source:
    data = text.encode("utf-8", "surrogatepass")
    return Source(path, data, Parser(Language(tree_sitter_python.language())).parse(data))


def parse_c(path: str, text: str) -> Source:
    data = text.encode("utf-8", "surrogatepass")
    return Source(path, data, Parser(Language(tree_sitter_c.language())).parse(data))


def c_descendants(node: Node, *kinds: str) -> list[Node]:
    """Those of `kinds` below and including `node`, in source order, found by tree-sitter: many times as fast as a look
    at each. No kind may stand for just the same text as another one."""
    captures = QueryCursor(_c_query(kinds)).captures(node)
    return sorted(captures.get("found", []), key=lambda found: (found.start_byte, -found.end_byte))


@cache
def _c_query(kinds: tuple[str, ...]) -> Query:
    query: Query = Query(Language(tree_sitter_c.language()), f"[{' '.join(f'({kind})' for kind in kinds)}] @found")
    return query


def descendants(node: Node) -> Iterator[Node]:
    """All nodes below and including `node`, in source order; bounded by the text."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        yield current
        waiting.extend(reversed(current.children))
