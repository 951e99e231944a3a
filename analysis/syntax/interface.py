"""What the rest of a workspace can learn from a Python module: an edit that leaves it as it is concerns no other file.

Of a function that is its parameters and decorators, and of one that gives something back, or sets attributes of `self`,
what that is, with the names that it is made of. What else a function does is its own affair.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from gnomon.analysis.syntax.scopes import Bound, Scope, decorators, given_back, loops_around
from tree_sitter import Node

_WORD = re.compile(r"\w+")
_DECLARES = (b".argtypes", b".restype", b"FUNCTYPE(")  # code that others run with values of theirs
_LOOKS_UP = b"getattr"


def declares(text: bytes) -> bool:
    """May code declare ctypes functions?"""
    return any(word in text for word in _DECLARES)


@dataclass(frozen=True, slots=True)
class Told:
    """`interface` is a hash, in this process; `imported` are the dotted names of modules."""

    interface: int
    imported: frozenset[str]


Functions = Mapping[tuple[str, bytes], Told]  # by dotted name and text


def told_by(top: Scope, known: Functions) -> tuple[Told, Functions]:
    """What a module tells, and each of its functions; `known` ones are not looked at again."""
    functions: dict[tuple[str, bytes], Told] = {}
    written: list[object] = []
    imported: set[str] = set()
    waiting = [top]
    while waiting:
        scope = waiting.pop()
        if scope.kind == "function":
            key = (scope.name, _text(scope))
            told = functions[key] = known.get(key) or _told_by_function(scope, key[1])
            written.append(told.interface)
            imported |= told.imported
            continue
        waiting.extend(scope.inner.values())
        written += [*_head(scope, "superclasses"), *scope.stars]
        written += _bindings(scope, ((name, bound) for name, found in scope.names.items() for bound in found))
        written += _items(scope)
        imported.update(_imports(scope))
    return Told(hash(tuple(written)), frozenset(imported)), functions


def _text(scope: Scope) -> bytes:
    """Of a function, with its decorators."""
    above = scope.node.parent
    node = above if above is not None and above.type == "decorated_definition" else scope.node
    return scope.module.source.text[node.start_byte : node.end_byte]


def _told_by_function(scope: Scope, text: bytes) -> Told:
    source = scope.module.source
    given = [node for kind in ("return_statement", "yield") for node in given_back(scope.node, kind)]
    kept = [(name, bound) for name, found in scope.set_on_self.items() for bound in found]
    is_open = bool(given or kept)
    written: list[object] = list(_head(scope, "parameters"))
    if declares(text) or (is_open and (scope.inner or _LOOKS_UP in text)):
        written.append(text)
    elif is_open:
        values = [source.spelling(node) for node in (*given, *(bound.node for _, bound in kept))]
        behind = list(_behind(scope, values))
        written += [*values, *_bindings(scope, kept), *_bindings(scope, behind)]
        if any(len(scope.names[name]) > 1 for name, _ in behind):
            written.append(text)  # which binding is met depends on where they stand
    return Told(hash(tuple(written)), frozenset(_all_imports(scope)) if b"import" in text else frozenset())


def _behind(scope: Scope, values: Iterable[str]) -> Iterator[tuple[str, Bound]]:
    """The names of a scope that values are made of, directly or by other names, and what binds them."""
    waiting, seen = list(values), set[str]()
    while waiting:
        for name in _WORD.findall(waiting.pop()):
            if name in seen or name not in scope.names:
                continue
            seen.add(name)
            for bound in scope.names[name]:
                yield name, bound
                waiting.append(scope.module.source.spelling(bound.node) if _is_written(bound) else "")


def _bindings(scope: Scope, places: Iterable[tuple[str, Bound]]) -> Iterator[object]:
    for name, bound in places:
        yield from (name, bound.kind, bound.module, bound.member, bound.index)
        yield scope.module.source.spelling(bound.node) if _is_written(bound) else ""


def _items(scope: Scope) -> Iterator[object]:
    """What is put into names, and the loops in which it is."""
    for name, pairs in scope.items.items():
        for key, value in pairs:
            yield from (name, _spelled(scope, key), _spelled(scope, value))
            for loop in loops_around(value, scope):
                yield from (_spelled(scope, loop.child_by_field_name(side)) for side in ("left", "right"))


def _is_written(bound: Bound) -> bool:
    """Is the node what the name stands for, and not only the place that binds it?"""
    return bound.kind not in ("import", "class", "function", "unknown")


def _head(scope: Scope, listed: str) -> Iterator[str]:
    """The first lines of a class or function."""
    yield from (scope.kind, scope.name, scope.own_name, _spelled(scope, scope.node.child_by_field_name(listed)))
    yield from decorators(scope)


def _spelled(scope: Scope, node: Node | None) -> str:
    return scope.module.source.spelling(node) if node is not None else ""


def _all_imports(scope: Scope) -> Iterator[str]:
    waiting = [scope]
    while waiting:
        inner = waiting.pop()
        waiting.extend(inner.inner.values())
        yield from _imports(inner)


def _imports(scope: Scope) -> Iterator[str]:
    yield from scope.stars
    for bound in (bound for places in scope.names.values() for bound in places if bound.kind == "import"):
        yield bound.module
        yield f"{bound.module}.{bound.member}" if bound.member else bound.module
