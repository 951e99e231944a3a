"""What Python makes of a library's names besides attributes: functions by a prototype, and variables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gnomon.analysis.boundary.binding import DeclaredType, Span
from gnomon.analysis.boundary.calls import PROTOTYPES, PYTHON
from gnomon.analysis.boundary.ctypes import declared_type, types_of
from gnomon.analysis.boundary.ctypes_flags import ParameterFlag, ResultCheck, parameter_flags, result_check
from gnomon.analysis.boundary.names import Names
from gnomon.analysis.boundary.values import External, Library, Made, NativeFunction
from gnomon.analysis.syntax.python import Scope
from tree_sitter import Node


@dataclass(frozen=True, slots=True)
class PrototypeUse:
    """`CFUNCTYPE(result, *arguments)(("name", library), flags)`; `flags` counts them, and is None without them, or
    where they are computed."""

    native: str
    holder: str  # "m.lib.name": the Python name of the edge
    place: Span
    result: DeclaredType
    arguments: tuple[DeclaredType, ...]
    flags: int | None
    rows: tuple[ParameterFlag, ...] = ()  # of those written out
    is_list: bool = False


@dataclass(frozen=True, slots=True)
class VariableUse:
    """`c_int.in_dll(library, "name")`"""

    native: str
    library: str
    type: DeclaredType
    place: Span  # of the type


@dataclass(frozen=True, slots=True)
class CtypesObjects:
    prototypes: tuple[PrototypeUse, ...] = ()
    variables: tuple[VariableUse, ...] = ()
    checks: tuple[ResultCheck, ...] = ()


def read_objects(calls: Iterable[tuple[Node, Scope]], names: Names) -> CtypesObjects:
    """Of a module's calls, as far as they are certain."""
    prototypes: list[PrototypeUse] = []
    variables: list[VariableUse] = []
    checks: list[ResultCheck] = []
    for node, scope in calls:
        checked = result_check(node, scope, names) if node.type == "attribute" else None
        checks += [checked] if checked is not None else []
        arguments = node.child_by_field_name("arguments") if node.type == "call" else None
        function = node.child_by_field_name("function")
        if arguments is None or function is None:
            continue
        given = [child for child in arguments.named_children if child.type != "comment"]
        if given and given[0].type == "tuple":
            found = _prototype(node, function, given, scope, names)
            prototypes += [found] if found is not None else []
        elif len(given) == 2 and function.type == "attribute":
            variable = _variable(function, given, scope, names)
            variables += [variable] if variable is not None else []
    return CtypesObjects(tuple(prototypes), tuple(variables), tuple(checks))


def _prototype(node: Node, function: Node, given: list[Node], scope: Scope, names: Names) -> PrototypeUse | None:
    native, made = names.evaluate(node, scope), names.evaluate(function, scope)
    if not isinstance(native, NativeFunction) or not isinstance(made, Made):
        return None
    listed = made.call.child_by_field_name("arguments")
    if made.callee.removeprefix("ctypes.") not in PROTOTYPES or listed is None:
        return None
    parts = [child for child in listed.named_children if child.type != "comment"]
    while parts and parts[-1].type == "keyword_argument":
        parts.pop()
    types = types_of(parts, made.scope, names)
    if not types:
        return None
    flags, home = names.written(given[1], scope) if len(given) > 1 else (None, scope)
    is_literal = flags is not None and flags.type in ("tuple", "list")
    is_literal = is_literal and flags is not None and all(child.type != "list_splat" for child in flags.named_children)
    count = sum(child.type != "comment" for child in flags.named_children) if flags is not None and is_literal else None
    holder = native.library.name or native.library.text
    place = names.place or scope.module.source.span(given[0].named_children[0])
    rows = tuple(parameter_flags(flags, home)) if flags is not None and count is not None else ()
    is_list = flags is not None and flags.type == "list"
    return PrototypeUse(native.name, f"{holder}.{native.name}", place, types[0], types[1:], count, rows, is_list)


def _variable(function: Node, given: list[Node], scope: Scope, names: Names) -> VariableUse | None:
    source, attribute = scope.module.source, function.child_by_field_name("attribute")
    holder, name = function.child_by_field_name("object"), names.text(given[1], scope)
    if attribute is None or holder is None or source.spelling(attribute) != "in_dll" or not name:
        return None
    match names.evaluate(given[0], scope):
        case Library(text):
            library = text
        case External("ctypes.pythonapi"):
            library = PYTHON
        case _:
            return None
    return VariableUse(name, library, declared_type(holder, scope, names), source.span(holder))
