"""The files that a build script reads: `open(os.path.join(HERE, "lib.h")).read()`, one by one or through `glob`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from gnomon.analysis.boundary.texts import certain_text
from gnomon.analysis.boundary.values import External, PythonFunction
from gnomon.analysis.syntax.python import Bound, Scope
from tree_sitter import Node

if TYPE_CHECKING:
    from gnomon.analysis.boundary.names import Names

_DEPTH_BOUND = 12  # names followed
_FOLDERS_UP = 4  # folders above the script that a path may start from
_SIZE_BOUND = 2_000_000  # bytes of a file
_OPENERS = frozenset({"io.open", "codecs.open"})
_LISTERS = frozenset({"glob.glob", "glob.iglob"})


def files_read(names: Names, node: Node, scope: Scope) -> list[Path]:
    """What a call of `read()` or `read_text()` reads, in order; nothing where a file is not found."""
    function = node.child_by_field_name("function")
    named = function.child_by_field_name("attribute") if function is not None else None
    holder = function.child_by_field_name("object") if function is not None else None
    if named is None or holder is None or scope.module.source.spelling(named) not in ("read", "read_text"):
        return []
    return list(dict.fromkeys(_opened(names, holder, scope, _DEPTH_BOUND)))


def _opened(names: Names, node: Node, scope: Scope, depth: int) -> Iterator[Path]:
    """The file that an expression is open on."""
    source = scope.module.source
    if node.type == "identifier" and depth:
        for place, home in _places(names, node, scope):
            if place.kind in ("value", "context"):
                yield from _opened(names, place.node, home, depth - 1)
    function, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
    given = [c for c in arguments.named_children if c.type != "comment"] if arguments is not None else []
    if function is None or not given:
        return
    called = names.evaluate(function, scope)
    if called == External("pathlib.Path"):
        yield from _found(_tail(names, node, scope, depth), scope, False)
        return
    is_builtin = called is None and names.is_builtin(function, scope) and source.spelling(function) == "open"
    if is_builtin or (isinstance(called, External) and called.name in _OPENERS):
        yield from _paths(names, given[0], scope, depth - 1)


def _paths(names: Names, node: Node, scope: Scope, depth: int) -> Iterator[Path]:
    node, scope = names.passed(node, scope)
    if depth <= 0:
        return
    function = node.child_by_field_name("function")
    called = names.evaluate(function, scope) if node.type == "call" else None
    if node.type == "identifier":
        for place, home in _places(names, node, scope):
            if place.kind in ("value", "element"):
                yield from _paths(names, place.node, home, depth - 1)
    elif node.type in ("list", "tuple"):
        for item in node.named_children:
            yield from _paths(names, item, scope, depth - 1)
    elif called is None and node.type == "call" and function is not None and names.is_builtin(function, scope):
        for argument in _arguments(node)[:1]:  # sorted(...), list(...), str(...)
            yield from _paths(names, argument, scope, depth - 1)
    else:
        is_list = isinstance(called, External) and called.name in _LISTERS
        yield from _found(_tail(names, node, scope, depth), scope, is_list)


def _found(tail: str, scope: Scope, is_list: bool) -> list[Path]:
    """The files that the end of a path means, seen from the script's folder or one above it."""
    folder = Path(scope.module.source.path).parent
    for start in (folder, *list(folder.parents)[:_FOLDERS_UP]) if tail and ".." not in tail.split("/") else ():
        try:
            found = sorted(start.glob(tail)) if is_list else [start / tail]
            found = [path for path in found if path.is_file() and path.stat().st_size < _SIZE_BOUND]
        except (OSError, ValueError, NotImplementedError):
            return []
        if found:
            return found
    return []


def _tail(names: Names, node: Node, scope: Scope, depth: int) -> str:
    """The end of a path, as far as it is written: "include/lib.h" of `os.path.join(HERE, "include", "lib.h")`."""
    text = certain_text(names, node, scope)
    if text is not None or depth <= 0:
        return (text or "").lstrip("/")
    parts: list[Node] = []
    if node.type == "call":
        parts = _arguments(node)
        if isinstance(names.evaluate(node.child_by_field_name("function"), scope), PythonFunction):
            parts = parts[-1:]  # a helper that puts a folder in front
    elif node.type == "binary_operator":
        parts = [side for side in (node.children[0], node.children[-1]) if side.is_named]
    known: list[str] = []
    for part in reversed(parts):
        piece = _tail(names, part, scope, depth - 1)
        if not piece:
            break
        known.insert(0, piece)
    return "/".join(known)


def _arguments(call: Node) -> list[Node]:
    listed = call.child_by_field_name("arguments")
    return [child for child in listed.named_children if child.type != "comment"] if listed is not None else []


def _places(names: Names, node: Node, scope: Scope) -> list[tuple[Bound, Scope]]:
    home = names.home(node, scope)
    places = home.names[scope.module.source.spelling(node)] if home is not None else []
    return [(place, place.home or home) for place in places if home is not None]
