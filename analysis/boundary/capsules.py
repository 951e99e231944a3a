"""Capsules: pointers that one extension hands to another under a name, through Python.

PyCapsule_New(&api, "ring._C_API", NULL)        PyCapsule_Import("ring._C_API", 0)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from gnomon.analysis.boundary.binding import Binding, Span
from gnomon.analysis.boundary.registration import CText, last_name
from gnomon.analysis.syntax.csource import SourceFacts
from gnomon.analysis.syntax.tree import Source
from gnomon.analysis.workspace import Snapshot
from tree_sitter import Node

# the place of the name in each function's arguments
_NAMED_AT = {"PyCapsule_New": 1, "PyCapsule_Import": 0, "PyCapsule_GetPointer": 1, "PyCapsule_IsValid": 1}
_CALL = re.compile(rb"\b(PyCapsule_\w+)\s*\(")
_MACRO = re.compile(r'^[ \t]*#[ \t]*define[ \t]+(\w+)[ \t]+"([^"\\\n]*)"', re.M)
_DOTTED = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)+")  # as PyCapsule_Import wants it: of a module and its attribute


@dataclass(frozen=True, slots=True)
class _Named:
    """A place that names a capsule; `pointer`: what is put into one that is made there."""

    name: str
    at: Span
    pointer: str | None


def capsule_bindings(
    snapshot: Snapshot, facts: Mapping[str, SourceFacts], read: Callable[[str], CText]
) -> list[Binding]:
    """An edge for each capsule that a C file makes; its uses are the places in C that ask for it."""
    paths = [path for path in (*snapshot.c_files, *snapshot.headers) if "PyCapsule_" in snapshot.text(path)]
    if not paths:
        return []
    texts = _texts(snapshot)
    named = [(path, one) for path in paths for one in _in_file(read(path).source, texts)]
    found: dict[str, Binding] = {}
    for path, one in named:
        if one.pointer is not None:
            found.setdefault(one.name, _made(one, read(path).source, facts.get(path)))
    for _, one in named:
        if one.pointer is None and one.name in found:
            found[one.name] = replace(found[one.name], uses=(*found[one.name].uses, one.at))
    return list(found.values())


def _texts(snapshot: Snapshot) -> dict[str, str]:
    """The macros that stand for a string, where all files agree."""
    found: dict[str, set[str]] = {}
    for path in (*snapshot.c_files, *snapshot.headers):
        for name, text in _MACRO.findall(snapshot.text(path)):
            found.setdefault(name, set()).add(text)
    return {name: texts.pop() for name, texts in found.items() if len(texts) == 1}


def _in_file(source: Source, texts: Mapping[str, str]) -> Iterator[_Named]:
    for match in _CALL.finditer(source.text):
        named = source.root.named_descendant_for_byte_range(*match.span(1))
        node = named.parent if named is not None else None
        function = node.child_by_field_name("function") if node is not None else None
        arguments = node.child_by_field_name("arguments") if node is not None else None
        if function is None or arguments is None or function != named:
            continue
        called = source.spelling(function)
        given = [child for child in arguments.named_children if child.type != "comment"]
        if called not in _NAMED_AT or len(given) <= _NAMED_AT[called]:
            continue
        written = given[_NAMED_AT[called]]
        name = source.string_value(written) or texts.get(source.spelling(written), "")
        if _DOTTED.fullmatch(name):
            pointer = last_name(source, given[0]) if called == "PyCapsule_New" else None
            yield _Named(name, source.span(source.string_content(written) or written), pointer)


def _made(one: _Named, source: Source, unit: SourceFacts | None) -> Binding:
    """The edge to what the capsule holds, where that is a function or variable of the file."""
    module = one.name.rpartition(".")[0]
    edge = Binding(one.name, "capsule", one.pointer or "", declared=one.at, module=module)
    for function in unit.functions if unit is not None else ():
        if function.name == one.pointer:
            return replace(edge, native_key=function.key)  # completed like every function's
    declaration = _variable(source, one.pointer or "")
    if declaration is None:
        return edge
    node, name = declaration
    signature = " ".join(source.spelling(node).partition("=")[0].split()).rstrip(" ;")
    return replace(edge, definition=source.span(name), truth="source", signature=signature)


def _variable(source: Source, name: str) -> tuple[Node, Node] | None:
    """The declaration of a variable at file scope, and its name there; one with a value before others."""
    found = []
    for node in source.root.named_children:
        for declarator in node.children_by_field_name("declarator") if node.type == "declaration" else ():
            plain = declarator
            while plain.type != "identifier" and (inner := plain.child_by_field_name("declarator")) is not None:
                plain = inner
            if plain.type == "identifier" and source.spelling(plain) == name:
                found.append((declarator.type != "init_declarator", node.start_byte, node, plain))
    return min(found, key=lambda each: each[:2])[2:] if found else None
