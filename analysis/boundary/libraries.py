"""Which file a call loads, as it is written: `CDLL(str(folder / "libring.so"))`, `CDLL(find_library("ring"))`.

A program may look for its library in many ways; what it tries is gathered, and the first that Linux would find is it.
"""

from __future__ import annotations

import re
import sysconfig
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from gnomon.analysis.boundary.arguments import bound_arguments
from gnomon.analysis.boundary.texts import certain_text
from gnomon.analysis.boundary.values import External, Module, PythonFunction
from gnomon.analysis.syntax.python import Bound, Scope
from tree_sitter import Node

if TYPE_CHECKING:
    from gnomon.analysis.boundary.names import Names


_DEPTH_BOUND = 16  # names and helpers followed
_FILE = re.compile(r"(?:^|[/\\])\w[^/\\]*\.(?:so|dylib|dll)\b")
_OTHER_SYSTEMS = (".dll", ".dylib", ".framework", ":\\")
_ALTERNATIVES = frozenset({"boolean_operator", "conditional_expression"})
_ENVIRONMENT = frozenset({"os.environ.get", "os.getenv"})
_FOLDERS = (
    "/lib",
    "/usr/lib",
    "/usr/local/lib",
    "/lib64",
    "/usr/lib64",
    f"/usr/lib/{sysconfig.get_config_var('MULTIARCH')}",
)


def library_of(names: Names, call: Node, scope: Scope) -> str:
    """The file's name; empty when it is not written."""
    arguments = call.child_by_field_name("arguments")
    given = [n for n in arguments.named_children if n.type != "comment"] if arguments is not None else []
    return library_text(names, given[0], scope) if given else ""


def library_text(names: Names, node: Node, scope: Scope) -> str:
    """What an expression says of the file; empty when nothing. None means what is loaded already: for certain the C
    library."""
    if names.passed(node, scope)[0].type == "none":
        return "libc.so.6"
    return _likeliest(_candidates(names, node, scope, _DEPTH_BOUND))


def _likeliest(texts: Iterable[str]) -> str:
    """Of several, one for Linux that is installed; else the first for Linux that looks like a file."""
    texts = [re.sub(r"\{.*?\}|%s", "", text) for text in texts]  # what is filled in is a version
    listed = [text for text in dict.fromkeys(texts) if re.search(r"\w", _stem(text))]
    for_linux = [text for text in listed if not any(part in text for part in _OTHER_SYSTEMS)]
    files = [text for text in for_linux if _FILE.search(text)]
    installed = [text for text in files if _is_installed(text)] if len(files) > 1 else []
    return next(iter(installed or files or for_linux or listed), "")


def _stem(text: str) -> str:
    """Empty where only the pattern of a name is known: "lib.so", ".dylib"."""
    return re.split(r"\.(?:so|dylib|dll)\b", text.rpartition("/")[2])[0].removeprefix("lib")


def _is_installed(name: str) -> bool:
    return "/" not in name and any(next(Path(folder).glob(f"{name}*"), None) for folder in _FOLDERS)


def _candidates(names: Names, node: Node, scope: Scope, depth: int) -> Iterator[str]:
    node, scope = names.passed(node, scope)
    if depth == 0:
        return
    source = scope.module.source
    text = certain_text(names, node, scope) if node.type != "identifier" else None
    if text is not None:
        yield text
        return
    match node.type:
        case "parenthesized_expression" | "boolean_operator" | "conditional_expression" | "tuple" | "list":
            inside = [child for child in node.named_children if child.type != "comment"]
            for child in (inside[0], inside[-1]) if node.type == "conditional_expression" else inside:
                yield from _candidates(names, child, scope, depth - 1)
        case "string":  # what is known of a computed one: its end
            ends = [child for child in node.named_children if child.type == "string_content"]
            yield source.spelling(ends[-1]).rpartition("/")[2] if ends else ""
        case "identifier":
            for bound in _bounds(source.spelling(node), scope):
                yield from _of_bound(names, bound, scope, depth - 1)
        case "attribute":
            yield from _of_attribute(names, node, scope, depth - 1)
        case "binary_operator":
            right = node.child_by_field_name("right")
            if right is not None:
                yield from _candidates(names, right, scope, depth - 1)
        case "subscript" | "named_expression":
            held = node.child_by_field_name("value")
            if held is not None:
                yield from _candidates(names, held, scope, depth - 1)
        case "call":
            yield from _of_call(names, node, scope, depth - 1)


def _of_bound(names: Names, bound: Bound, scope: Scope, depth: int) -> Iterator[str]:
    """A name that a loop binds is any of the things looped over."""
    if bound.kind in ("value", "element"):
        yield from _candidates(names, bound.node, bound.home or scope, depth)
    elif bound.kind == "import" and bound.module in names.modules:
        top = names.modules[bound.module].top
        for inner in top.names.get(bound.member, []) if depth else ():
            yield from _of_bound(names, inner, top, depth - 1)


def _of_attribute(names: Names, node: Node, scope: Scope, depth: int) -> Iterator[str]:
    named = node.child_by_field_name("attribute")
    name = scope.module.source.spelling(named) if named is not None else ""
    match names.evaluate(node.child_by_field_name("object"), scope):
        case Module(module) if module in names.modules:
            top = names.modules[module].top
            for bound in top.names.get(name, []):
                yield from _of_bound(names, bound, top, depth)


def _of_call(names: Names, call: Node, scope: Scope, depth: int) -> Iterator[str]:
    function, arguments = call.child_by_field_name("function"), call.child_by_field_name("arguments")
    given = [child for child in arguments.named_children if child.type != "comment"] if arguments is not None else []
    match names.evaluate(function, scope):
        case External("ctypes.util.find_library"):
            for text in _candidates(names, given[0], scope, depth) if given else ():
                yield _linked(text)
        case External(name) if name in _ENVIRONMENT:
            for default in given[1:]:
                yield from _candidates(names, default, scope, depth)
        case PythonFunction(helper):
            yield from _of_helper(names, call, given, scope, helper, depth)
        case None if _method(function, scope) == "split":
            holder = function.child_by_field_name("object") if function is not None else None
            words = certain_text(names, holder, scope) if holder is not None else None
            yield from (words or "").split()
        case _:
            holder = function.child_by_field_name("object") if function is not None else None
            for part in [*reversed(given), *([holder] if holder is not None else [])]:
                found = [*_candidates(names, part, scope, depth)]
                if any(found):
                    yield from found
                    return


def _method(function: Node | None, scope: Scope) -> str:
    named = function.child_by_field_name("attribute") if function is not None else None
    return scope.module.source.spelling(named) if named is not None else ""


def _of_helper(names: Names, call: Node, given: list[Node], scope: Scope, helper: Scope, depth: int) -> Iterator[str]:
    """What a helper gives back; else what it is given, which it looks for as the linker does where it asks it."""
    bound = bound_arguments(call, scope, helper)
    inner = names if bound is None else names.given(*bound, names.place)
    found = [
        text
        for value in names.given_back(helper, "return_statement")
        for text in _candidates(inner, value, helper, depth)
    ]
    if not any(found):
        found = [text for argument in given for text in _candidates(names, argument, scope, depth)]
    body = helper.module.source.text[helper.node.start_byte : helper.node.end_byte]
    if any(found):
        yield from map(_linked, found) if b"find_library" in body else found
    else:
        yield from _named_in(helper)


def _named_in(helper: Scope) -> list[str]:
    """The files that the text of a helper names, one for each system."""
    texts, waiting = [], [helper.node]
    while waiting:
        node = waiting.pop()
        texts.append(helper.module.source.string_value(node) or "")
        waiting.extend(reversed(node.named_children))
    return [text for text in texts if _FILE.search(text)]


def _linked(text: str) -> str:
    """The file that the linker finds for `-ltext`."""
    is_file = not text or "/" in text or any(part in text for part in (".so", *_OTHER_SYSTEMS))
    return text if is_file else f"lib{text.removeprefix('lib')}.so"


def _bounds(name: str, scope: Scope) -> list[Bound]:
    at: Scope | None = scope
    while at is not None:
        if name in at.names and (at is scope or at.kind != "class"):
            return at.names[name]
        at = at.parent
    return []
