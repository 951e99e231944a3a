"""What the text of a C extension says beside its tables: where the strings of a table are written, and which types and
functions the module's start adds by call."""

from __future__ import annotations

from dataclasses import dataclass

from gnomon.analysis.boundary.binding import Span
from gnomon.analysis.syntax.csource import CTable
from gnomon.analysis.syntax.tree import Source, descendants
from tree_sitter import Node

_ADD_NAMED = frozenset({"PyModule_AddObject", "PyModule_AddObjectRef", "PyModule_Add"})


@dataclass(frozen=True, slots=True)
class Added:
    """`PyModule_AddObject(module, "Ring", (PyObject *)&RingType)`: a name and the global; either may be unknown."""

    attribute: str
    global_name: str


@dataclass(frozen=True, slots=True)
class Registrations:
    types: tuple[Added, ...] = ()
    method_tables: tuple[str, ...] = ()  # names of tables given to PyModule_AddFunctions


def registrations(source: Source) -> Registrations:
    """The registrations that a C file makes by call, where the arguments are plain."""
    types, tables = [], []
    made_from = _assigned_from_spec(source)
    for node in descendants(source.root):
        function, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
        if node.type != "call_expression" or function is None or arguments is None:
            continue
        name, given = source.spelling(function), arguments.named_children
        if name in _ADD_NAMED and len(given) == 3:
            held = _last_name(source, given[2])
            types.append(Added(source.string_value(given[1]) or "", made_from.get(held, held)))
        elif name == "PyModule_AddType" and len(given) == 2:
            held = _last_name(source, given[1])
            types.append(Added("", made_from.get(held, held)))
        elif name == "PyModule_AddFunctions" and len(given) == 2:
            tables.append(_last_name(source, given[1]))
    return Registrations(tuple(types), tuple(tables))


def _last_name(source: Source, node: Node) -> str:
    """`RingType` in `(PyObject *)&RingType`; the field in `state->RingType`."""
    names = [n for n in descendants(node) if n.type in ("identifier", "field_identifier")]
    return source.spelling(names[-1]) if names else ""


def _assigned_from_spec(source: Source) -> dict[str, str]:
    """Variables that hold a type made by PyType_FromSpec or PyType_FromModuleAndSpec, with the spec's name."""
    found = {}
    for node in descendants(source.root):
        target = node.child_by_field_name("left") or node.child_by_field_name("declarator")
        value = node.child_by_field_name("right") or node.child_by_field_name("value")
        if node.type not in ("assignment_expression", "init_declarator") or target is None or value is None:
            continue
        for call in descendants(value):
            function, arguments = call.child_by_field_name("function"), call.child_by_field_name("arguments")
            if function is not None and arguments is not None and source.spelling(function).startswith("PyType_From"):
                for argument in arguments.named_children:
                    spec = _last_name(source, argument)
                    if argument.type == "pointer_expression" and spec:
                        found[_last_name(source, target)] = spec
    return found


def entry_span(source: Source, table: CTable, index: int, name: str) -> Span:
    """Where element `index` of a table is written: its string, the name given to a macro, the macro that stands for
    it, or the table's name."""
    whole = Span(table.path, table.line, table.column, table.line, table.column + len(table.name.encode()))
    listed = _initialiser(source, table)
    if listed is None:
        return whole
    elements = [child for child in listed.named_children if child.type != "comment"]
    named = [n for n in descendants(listed) if n.type == "string_literal" and source.string_value(n) == name]
    if index < len(elements):
        inside = [n for n in named if elements[index].start_byte <= n.start_byte < elements[index].end_byte]
        if inside:
            return source.span(source.string_content(inside[0]) or inside[0])
    if len(named) == 1:
        return source.span(source.string_content(named[0]) or named[0])
    if index < len(elements) and elements[index].type in ("identifier", "call_expression"):
        given = elements[index].child_by_field_name("arguments")
        spelled = [n for n in given.named_children if source.spelling(n) == name] if given is not None else []
        return source.span(spelled[0] if spelled else elements[index])
    return whole


def _initialiser(source: Source, table: CTable) -> Node | None:
    place = (table.line - 1, table.column - 1)
    node = source.root.named_descendant_for_point_range(place, place)
    while node is not None and node.type != "init_declarator":
        node = node.parent
    value = node.child_by_field_name("value") if node is not None else None
    return value if value is not None and value.type == "initializer_list" else None
