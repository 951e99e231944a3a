"""Which file a call loads, as it is written: `CDLL(str(folder / "libring.so"))`, `CDLL(find_library("ring"))`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gnomon.analysis.boundary.values import Made, PythonFunction
from gnomon.analysis.syntax.python import Bound, Scope
from tree_sitter import Node

if TYPE_CHECKING:
    from gnomon.analysis.boundary.names import Names


_SEARCH_BOUND = 6  # names followed
_LIBRARY_FILE = re.compile(r"(?:^|[/\\])\w[^/\\]*\.(?:so|dylib|dll)\b")


def library_of(names: Names, call: Node, scope: Scope) -> str:
    """The file's name; empty when it is not written."""
    arguments = call.child_by_field_name("arguments")
    given = [n for n in arguments.named_children if n.type != "comment"] if arguments is not None else []
    return library_text(names, given[0], scope) if given else ""


def library_text(names: Names, node: Node, scope: Scope) -> str:
    """The last string literal in the argument, where the file's name is: `str(folder / "libring.so")`. None means what
    is loaded already: for certain the C library."""
    if node.type == "none":
        return "libc.so.6"
    made = names.evaluate(node, scope)
    if isinstance(made, Made):
        if made.callee == "ctypes.util.find_library":
            found = [text for text in _strings(made.call, made.scope) if text]
            return f"lib{found[-1]}.so" if found else _searched(names, node, scope)
        node, scope = made.call, made.scope
    strings = _strings(node, scope)
    if not strings and node.type == "call":
        strings = _named_by(names, node, scope)
    if not strings and node.type == "identifier":
        for bound in _values(scope.module.source.spelling(node), scope):
            strings += _strings(bound.node, scope)
    files = [text for text in strings if _LIBRARY_FILE.search(text)]
    return (files or strings or [_searched(names, node, scope)])[-1]


def _searched(names: Names, node: Node, scope: Scope, depth: int = _SEARCH_BOUND) -> str:
    """The file of the first name in a list of candidates that is handed to a helper, which looks for each as the
    linker does: `CDLL(locate(("usb-1.0", "usb")))`."""
    node, scope = names.passed(node, scope)
    if depth == 0 or node.type == "string":
        return scope.module.source.string_value(node) or ""
    if node.type == "identifier":
        bounds = _values(scope.module.source.spelling(node), scope)
        return next(filter(None, (_searched(names, bound.node, scope, depth - 1) for bound in bounds)), "")
    helper = names.evaluate(node.child_by_field_name("function"), scope) if node.type == "call" else None
    arguments = node.child_by_field_name("arguments")
    if not isinstance(helper, PythonFunction) or arguments is None:
        return ""
    body = helper.scope.module.source.text[helper.scope.node.start_byte : helper.scope.node.end_byte]
    for argument in arguments.named_children if b"find_library" in body else ():
        listed, home = names.written(argument, scope)
        found = _strings(listed, home) if listed.type in ("tuple", "list", "string") else []
        if found:
            return f"lib{found[0].removeprefix('lib')}.so"
    return ""


def _named_by(names: Names, call: Node, scope: Scope) -> list[str]:
    """The file's name in the text of a helper that gives it, for each system; the one for Linux where there is one."""
    helper = names.evaluate(call.child_by_field_name("function"), scope)
    found = _strings(helper.scope.node, helper.scope) if isinstance(helper, PythonFunction) else []
    files = [text for text in found if _LIBRARY_FILE.search(text)]
    return [text for text in files if ".so" in text] or files


def _values(name: str, scope: Scope) -> list[Bound]:
    at: Scope | None = scope
    while at is not None:
        if name in at.names:
            return [bound for bound in at.names[name] if bound.kind in ("value", "element")]
        at = at.parent
    return []


def _strings(node: Node, scope: Scope) -> list[str]:
    found, waiting = [], [node]
    while waiting:
        current = waiting.pop()
        value = scope.module.source.string_value(current)
        if value is not None:
            found.append(value)
        waiting.extend(reversed(current.named_children))
    return found
