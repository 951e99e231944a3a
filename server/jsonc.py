"""JSON with comments, as editors keep their settings: where its values stand in the text, so that a part of it can be
written anew while all else stays as a person wrote it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

_TOKEN = re.compile(
    r"(?P<nothing>[\s\ufeff]+|//[^\n]*|/\*.*?\*/)"
    r'|(?P<string>"(?:[^"\\\n]|\\.)*")'
    r"|(?P<mark>[{}\[\],:])"
    r'|(?P<word>[^\s{}\[\],:"/]+)',
    re.S,
)


class NoJsonError(ValueError):
    """The text says where it is none."""


@dataclass(frozen=True, slots=True)
class Node:
    """A value, which stands at `start` to `end`. `members` are an object's, `items` an array's; `has_comma`: there is
    one behind the last of them."""

    kind: Literal["object", "array", "other"]
    start: int
    end: int
    text: str
    members: dict[str, Node] = field(default_factory=dict)
    items: tuple[Node, ...] = ()
    has_comma: bool = False

    @property
    def string(self) -> str | None:
        return str(json.loads(self.text, strict=False)) if self.text.startswith('"') else None


def parse(text: str) -> Node | None:
    """None where there is nothing but comments. Raises NoJsonError."""
    reader = _Reader(text)
    if reader.token is None:
        return None
    node = reader.value()
    if reader.token is not None:
        raise reader.error()
    return node


class _Reader:
    """One token ahead."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._tokens = self._scan()
        self.token: re.Match[str] | None = next(self._tokens, None)

    def _scan(self) -> Iterator[re.Match[str]]:
        position = 0
        while position < len(self.text):
            match = _TOKEN.match(self.text, position)
            if match is None:
                raise NoJsonError(self._place(position))
            position = match.end()
            if match.lastgroup != "nothing":
                yield match

    def _place(self, position: int) -> str:
        return f"line {self.text.count(chr(10), 0, position) + 1} is no JSON"

    def error(self) -> NoJsonError:
        return NoJsonError(self._place(self.token.start() if self.token is not None else len(self.text)))

    def _take(self) -> re.Match[str]:
        if self.token is None:
            raise self.error()
        taken, self.token = self.token, next(self._tokens, None)
        return taken

    def _is_at(self, mark: str) -> bool:
        return self.token is not None and self.token[0] == mark

    def value(self) -> Node:
        if self._is_at("{") or self._is_at("["):
            return self._container(self._take())
        if self.token is None or self.token.lastgroup == "mark":
            raise self.error()
        token = self._take()
        return Node("other", token.start(), token.end(), token[0])

    def _container(self, opening: re.Match[str]) -> Node:
        is_object = opening[0] == "{"
        closing = "}" if is_object else "]"
        members: dict[str, Node] = {}
        items: list[Node] = []
        has_comma = True  # none is wanted before the first
        while not self._is_at(closing):
            if not has_comma:
                raise self.error()
            if is_object:
                members.update([self._member()])
            else:
                items.append(self.value())
            has_comma = self._is_at(",")
            if has_comma:
                self._take()
        end = self._take().end()
        text = self.text[opening.start() : end]
        is_filled = bool(members or items)
        kind: Literal["object", "array"] = "object" if is_object else "array"
        return Node(kind, opening.start(), end, text, members, tuple(items), has_comma and is_filled)

    def _member(self) -> tuple[str, Node]:
        if self.token is None or self.token.lastgroup != "string":
            raise self.error()
        name = str(json.loads(self._take()[0], strict=False))
        if not self._is_at(":"):
            raise self.error()
        self._take()
        return name, self.value()
