"""Edges made with cffi: functions that a `cdef` declares and Python calls through a library object.

A library object is what `ffi.dlopen` gives (ABI mode), or `lib` of a module that `set_source` names (API mode).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from gnomon.analysis.boundary.binding import Binding, Span
from gnomon.analysis.boundary.libraries import library_of
from gnomon.analysis.boundary.names import Names
from gnomon.analysis.boundary.values import External, Made
from gnomon.analysis.syntax.python import Scope
from gnomon.analysis.syntax.tree import Source, parse_c
from tree_sitter import Node

_OPENED = frozenset({"cffi.FFI.dlopen", "cffi.FFI.verify"})


@dataclass(frozen=True, slots=True)
class CffiDeclaration:
    """A function that a cdef declares: its C declaration, without the semicolon, and where its name stands."""

    name: str
    signature: str
    place: Span


@dataclass(frozen=True, slots=True)
class CffiUse:
    """`lib.f`. `holder` is dotted: "m.lib" of a dlopen in module m, "_x.lib" of an out-of-line module."""

    holder: str
    name: str
    place: Span
    library: str = ""
    is_opened: bool = False


@dataclass(frozen=True, slots=True)
class CffiUses:
    """What one Python module says of cffi; `built` are the modules that its `set_source` calls name."""

    declarations: tuple[CffiDeclaration, ...] = ()
    uses: tuple[CffiUse, ...] = ()
    built: tuple[str, ...] = ()


def read_cffi(found: Iterable[tuple[Node, Scope]], names: Names) -> CffiUses:
    """Gathers from the calls and attributes of a module."""
    declarations: list[CffiDeclaration] = []
    uses: list[CffiUse] = []
    built: list[str] = []
    for node, scope in found:
        if node.type == "attribute":
            uses += _use(node, scope, names)
            continue
        arguments = node.child_by_field_name("arguments")
        match names.evaluate(node.child_by_field_name("function"), scope):
            case External("cffi.FFI.cdef") if arguments is not None and arguments.named_children:
                declarations += _declarations(*names.written(arguments.named_children[0], scope))
            case External("cffi.FFI.set_source") if arguments is not None and arguments.named_children:
                name = names.text(arguments.named_children[0], scope)
                built += [name] if name else []
    return CffiUses(tuple(declarations), tuple(uses), tuple(built))


def _use(node: Node, scope: Scope, names: Names) -> Iterator[CffiUse]:
    holder, named = node.child_by_field_name("object"), node.child_by_field_name("attribute")
    if holder is None or named is None:
        return
    source = scope.module.source
    name, place = source.spelling(named), source.span(named)
    match names.evaluate(holder, scope):
        case Made(callee, call, made_in) if callee in _OPENED:
            spelled = f"{scope.module.name}.{source.spelling(holder)}"
            yield CffiUse(spelled, name, place, library_of(names, call, made_in), True)
        case External(outer) if outer.endswith(".lib"):
            yield CffiUse(outer, name, place)


def _declarations(node: Node, scope: Scope) -> Iterator[CffiDeclaration]:
    """The functions of a cdef's text. Those that Python implements (`extern "Python"`) are none of the library's."""
    outer = scope.module.source
    content = outer.string_content(node)
    if content is None:
        return
    inner = parse_c(outer.path, outer.spelling(content))
    for declaration in inner.root.named_children:
        if declaration.type != "declaration" or declaration.has_error:
            continue
        for declarator in declaration.children_by_field_name("declarator"):
            named = _function_name(declarator)
            if named is not None:
                text = " ".join(inner.spelling(declaration).rstrip(";").split())
                yield CffiDeclaration(inner.spelling(named), text, _placed(outer, content, inner, named))


def _function_name(declarator: Node) -> Node | None:
    """The name in `*f(int)`; None for variables, and for pointers to functions."""
    while declarator.type == "pointer_declarator":
        declarator = declarator.child_by_field_name("declarator") or declarator.named_children[-1]
    named = declarator.child_by_field_name("declarator") if declarator.type == "function_declarator" else None
    return named if named is not None and named.type == "identifier" else None


def _placed(outer: Source, content: Node, inner: Source, node: Node) -> Span:
    """The span of a node of the inner text in the file around it."""
    own, start = inner.span(node), outer.span(content)
    shift = start.column - 1 if own.line == 1 else 0
    line = start.line + own.line - 1
    return Span(outer.path, line, own.column + shift, line, own.end_column + shift)


def cffi_bindings(parts: Sequence[CffiUses]) -> list[Binding]:
    """A binding for each declared function and library object that Python calls it through."""
    declared: dict[str, list[CffiDeclaration]] = {}
    for declaration in (d for part in parts for d in part.declarations):
        declared.setdefault(declaration.name, []).append(declaration)
    built = {name for part in parts for name in part.built}
    found: dict[tuple[str, str], list[CffiUse]] = {}
    for use in (use for part in parts for use in part.uses):
        if use.name in declared and (use.is_opened or use.holder.removesuffix(".lib") in built):
            found.setdefault((use.holder, use.name), []).append(use)
    return [
        Binding(
            f"{holder}.{name}",
            "cffi",
            name,
            declared=declared[name][0].place,
            uses=tuple(use.place for use in uses),
            library=uses[0].library,
            cdef=declared[name][0].signature if len({d.signature for d in declared[name]}) == 1 else "",
        )
        for (holder, name), uses in found.items()
    ]
