"""`ffi.set_source(module, code, ...)`: the C code that stands before what cffi makes, and how it is compiled."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gnomon.analysis.boundary.cffi_text import pieces
from gnomon.analysis.boundary.names import Names
from gnomon.analysis.syntax.python import Scope
from tree_sitter import Node

_HARMLESS = re.compile(r"-(?:O\w?|W[\w,=+-]*|g\d?|std=\S+|fPIC|pthread|march=\S+)")
_PLAIN = frozenset({"libraries", "library_dirs", "sources", "source_extension", "extra_objects", "extra_link_args"})


@dataclass(frozen=True, slots=True)
class CffiSource:
    """In ABI mode there is no C source. `library` is the one it is linked with."""

    ffi: str
    module: str
    is_abi: bool
    library: str = ""
    code: str = ""  # empty where a part of it is not known, or where it is compiled with flags that may change it
    folders: tuple[str, ...] = ()  # with headers, as written
    path: str = ""  # of the Python file


def read_source(ffi: str, module: str, given: Sequence[Node], scope: Scope, names: Names) -> CffiSource:
    """Of the arguments of a call."""
    is_abi = len(given) > 1 and given[1].type == "none"
    keywords, is_plain = dict(_keywords(given, scope)), not any(c.type == "dictionary_splat" for c in given)
    listed = _texts(keywords.get("libraries"), scope, names) or ()
    library = f"lib{listed[0]}.so" if len(listed) == 1 and listed[0] else ""
    found = [] if is_abi or len(given) < 2 else pieces(given[1], scope, names)
    folders = _texts(keywords.get("include_dirs"), scope, names) if "include_dirs" in keywords else ()
    flags = _texts(keywords.get("extra_compile_args"), scope, names) if "extra_compile_args" in keywords else ()
    is_plain &= keywords.keys() <= {*_PLAIN, "include_dirs", "extra_compile_args"}
    text = "".join(piece.text for piece in found if piece is not None)
    is_known = bool(found) and None not in found and folders is not None and flags is not None
    if not is_plain or not is_known or not all(_HARMLESS.fullmatch(flag) for flag in flags or ()):
        return CffiSource(ffi, module, is_abi, library)
    return CffiSource(ffi, module, is_abi, library, text, folders or (), scope.module.source.path)


def _keywords(given: Sequence[Node], scope: Scope) -> Iterator[tuple[str, Node]]:
    for child in given:
        name, value = child.child_by_field_name("name"), child.child_by_field_name("value")
        if child.type == "keyword_argument" and name is not None and value is not None:
            yield scope.module.source.spelling(name), value


def _texts(node: Node | None, scope: Scope, names: Names) -> tuple[str, ...] | None:
    """The strings of a list; None where one is not known."""
    if node is None:
        return None
    listed, home = names.written(node, scope)
    if listed.type not in ("list", "tuple"):
        return None
    texts = [names.text(item, home) for item in listed.named_children if item.type != "comment"]
    known = tuple(text for text in texts if text is not None)
    return known if len(known) == len(texts) else None
