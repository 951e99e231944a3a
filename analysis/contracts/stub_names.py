"""Names that only one of a stub and its extension has."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gnomon.analysis.boundary.binding import Span
from gnomon.analysis.contracts.contradiction import Contradiction, Subject
from gnomon.analysis.syntax.tree import Source, descendants
from tree_sitter import Node

CODE = "contract.stub"
_DYNAMIC = re.compile(r"\b__getattr__\b|^[ \t]*from\s+\S+\s+import\s+\*", re.M)
_INHERITING = re.compile(r"\btp_bases?\b|\bPyType_From(?:SpecWithBases|ModuleAndSpec|Metaclass)\b")


def differing_names(subject: Subject, source: Source, module: str) -> Iterator[Contradiction]:
    """Of the stub of a module: what it declares and no C source has, and what C has and it does not name anywhere."""
    yield from _unknown(subject, source, module)
    yield from _unsaid(subject, source, module)


def _unknown(subject: Subject, source: Source, module: str) -> Iterator[Contradiction]:
    """A name may be made at run time from another word, but not from none: it stands in no C text at all."""
    bindings = {binding.python: binding.kind for binding in subject.boundary.bindings}
    doubtful: list[tuple[str, Node, str]] = []
    for node, holder in _declarations(source):
        name_node = node.child_by_field_name("name")
        word = source.spelling(name_node) if name_node is not None else ""
        name = ".".join(filter(None, (module, holder, word)))
        is_of_type = not holder or bindings.get(f"{module}.{holder}") == "type"
        if name_node is not None and word and not word.startswith("__") and is_of_type and name not in bindings:
            doubtful.append((name, name_node, holder))
    texts = _c_texts(subject) if doubtful else []
    inherits = any(_INHERITING.search(text) for text in texts)
    for name, name_node, holder in doubtful:
        written = re.compile(rf"\b{re.escape(source.spelling(name_node))}\b")
        if not (holder and inherits) and not any(written.search(text) for text in texts):
            yield Contradiction(CODE, f"`{name}` is declared, and no C source has the name", source.span(name_node))


def _c_texts(subject: Subject) -> list[str]:
    snapshot, read = subject.snapshot, {path for unit in subject.sources.values() for path in unit.includes}
    paths = {*snapshot.c_files, *snapshot.headers, *filter(snapshot.contains, read)}
    return [snapshot.text(path) for path in sorted(paths)]


def _declarations(source: Source) -> Iterator[tuple[Node, str]]:
    """Plain functions and classes of the module, and plain methods of its classes, each with the class it is in.

    Classes with bases are left out, as they inherit; so are those with a leading underscore, which stubs invent.
    """
    for node in source.root.named_children:
        if node.has_error:
            continue
        if node.type == "function_definition":
            yield node, ""
        is_plain = node.type == "class_definition" and node.child_by_field_name("superclasses") is None
        name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
        if is_plain and name is not None and body is not None and not source.spelling(name).startswith("_"):
            yield node, ""
            for child in body.named_children:
                if child.type == "function_definition":
                    yield child, source.spelling(name)


def _unsaid(subject: Subject, source: Source, module: str) -> Iterator[Contradiction]:
    """Public functions of the module, and public methods of types that the stub declares without bases."""
    if source.root.has_error or _DYNAMIC.search(source.text.decode("utf-8", "replace")):
        return
    said = {source.spelling(node) for node in descendants(source.root) if node.type in ("identifier", "string_content")}
    classes: dict[str, Node] = {}
    for node, _ in _declarations(source):
        name = node.child_by_field_name("name")
        if node.type == "class_definition" and name is not None:
            classes[source.spelling(name)] = name
    for binding in subject.boundary.bindings:
        holder, _, word = binding.python.rpartition(".")
        if binding.module != module or word.startswith("_") or word in said or not word.isidentifier():
            continue
        if binding.kind == "function" and holder == module:
            at = Span(source.path, 1, 1, 1, 1)
        elif binding.kind in ("method", "getset", "member") and holder.removeprefix(f"{module}.") in classes:
            at = source.span(classes[holder.removeprefix(f"{module}.")])
        else:
            continue
        what = f"`{binding.python}` is defined in C, and the stub does not name it"
        yield Contradiction(CODE, what, at, binding.native, binding.python, binding.declared, "warning")
