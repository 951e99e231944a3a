"""What the text of a C extension says beside its tables: where the strings of a table are written, and which types and
functions the module's start adds by call."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from gnomon.analysis.boundary.binding import Span
from gnomon.analysis.syntax.csource import CTable
from gnomon.analysis.syntax.tree import Source, c_descendants, descendants, parse_c
from tree_sitter import Node

_ADD_NAMED = frozenset({"PyModule_AddObject", "PyModule_AddObjectRef", "PyModule_Add"})


ARRAY_BOUND = 200  # elements of an array that may list types
_MAKERS = frozenset({"PyCFunction_New", "PyCFunction_NewEx", "PyCMethod_New"})  # in loops over a table


@dataclass(frozen=True, slots=True)
class Added:
    """`PyModule_AddObject(module, "Ring", (PyObject *)&RingType)`: a name and the global; either may be unknown."""

    attribute: str
    global_name: str
    is_spec: bool = False  # the global is the PyType_Spec that the type was made from


@dataclass(frozen=True, slots=True)
class FieldSet:
    """`RingType.tp_methods = ring_methods;`: what the module's start writes into a table, by name."""

    table: str
    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Registrations:
    types: tuple[Added, ...] = ()
    method_tables: tuple[str, ...] = ()  # names of tables given to PyModule_AddFunctions and its like
    fields: tuple[FieldSet, ...] = ()
    made_from: tuple[tuple[str, str], ...] = ()  # the variable or field that holds a type, and its PyType_Spec
    added_tables: tuple[str, ...] = ()  # those of them that PyModule_AddFunctions walks to their end


@dataclass(frozen=True, slots=True)
class CText:
    """What a C file's text says: a function of the text alone."""

    source: Source
    calls: Registrations


def read_text(path: str, text: str) -> CText:
    source = parse_c(path, text)
    return CText(source, registrations(source))


def joined(parts: Iterable[Registrations]) -> Registrations:
    """The registrations of all files of one translation unit."""
    listed = list(parts)
    return Registrations(
        tuple(added for part in listed for added in part.types),
        tuple(name for part in listed for name in part.method_tables),
        tuple(written for part in listed for written in part.fields),
        tuple(pair for part in listed for pair in part.made_from),
        tuple(name for part in listed for name in part.added_tables),
    )


def registrations(source: Source) -> Registrations:
    """The registrations that a C file makes by call or assignment, where the arguments are plain."""
    types: list[Added] = []
    tables: list[str] = []
    added: list[str] = []
    fields: list[FieldSet] = []
    arrays: dict[str, list[str]] = {}  # of pointers to types, for loops that add them all
    made_from = _Made()
    calls: list[tuple[str, list[Node]]] = []
    for node in c_descendants(source.root, "call_expression", "assignment_expression", "init_declarator"):
        match node.type:
            case "call_expression":
                function, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
                if function is not None and arguments is not None:
                    given = [child for child in arguments.named_children if child.type != "comment"]
                    calls.append((source.spelling(function), given))
            case _:
                _read_assignment(source, node, made_from, fields, arrays)
    for name, given in calls:
        if name in _ADD_NAMED and len(given) == 3:
            attribute = source.string_value(given[1]) or ""
            types += _added(source, attribute, given[2], made_from, arrays)
        elif name == "PyModule_AddType" and len(given) == 2:
            types += _added(source, "", given[1], made_from, arrays)
        elif name == "PyModule_AddFunctions" and len(given) == 2:
            added.append(last_name(source, given[1]))
        elif name in _MAKERS and given:
            tables += [source.spelling(n) for n in _arrays_in(given[0])]
    return Registrations(tuple(types), (*tables, *added), tuple(fields), made_from.certain(), added_tables=tuple(added))


class _Made:
    """Which PyType_Spec a variable or a field was made from: one variable may hold one type after the other."""

    def __init__(self) -> None:
        self._assigned: dict[str, list[tuple[int, str]]] = {}  # where, and which

    def add(self, name: str, at: int, spec: str) -> None:
        """`spec` is empty where a variable gets anything else."""
        self._assigned.setdefault(name, []).append((at, spec))

    def at(self, name: str, place: int) -> str:
        """Assigned last above a place; where nothing is above it, another function does so, the first of all."""
        known = sorted((at, spec) for at, spec in self._assigned.get(name, ()) if spec)
        above = [spec for at, spec in known if at < place]
        return above[-1] if above else known[0][1] if known else ""

    def between(self, name: str, start: int, place: int) -> str:
        """Assigned last above a place, in the same function, which starts there."""
        assigned = sorted(self._assigned.get(name, ()), reverse=True)
        return next((spec for at, spec in assigned if start <= at < place), "")

    def certain(self) -> tuple[tuple[str, str], ...]:
        """Of what only ever holds one type."""
        specs = {name: {spec for _, spec in found if spec} for name, found in self._assigned.items()}
        return tuple((name, min(found)) for name, found in specs.items() if len(found) == 1)


def _added(
    source: Source, attribute: str, node: Node, made_from: _Made, arrays: Mapping[str, Sequence[str]]
) -> Iterator[Added]:
    """What an argument adds: of an array's element in a loop, all elements."""
    names: Sequence[str] = [last_name(source, node)]
    if node.type == "subscript_expression":
        names = arrays.get(source.spelling(node.child_by_field_name("argument") or node), ())
    for name in names:
        yield Added(attribute, name)
        spec = made_from.at(name, node.start_byte)
        if spec:
            yield Added(attribute, spec, True)


def _read_assignment(
    source: Source, node: Node, made_from: _Made, fields: list[FieldSet], arrays: dict[str, list[str]]
) -> None:
    target = node.child_by_field_name("left") or node.child_by_field_name("declarator")
    value = node.child_by_field_name("right") or node.child_by_field_name("value")
    if target is None or value is None:
        return
    if value.type == "initializer_list":
        if target.type in ("array_declarator", "pointer_declarator") and len(value.named_children) <= ARRAY_BOUND:
            name = _first_name(source, target)
            arrays[name] = [last_name(source, child) for child in value.named_children if child.type != "comment"]
        return
    spec = _spec_of(source, value)
    if not spec and target.type == "field_expression" and _is_address(value):  # state->RingType = (PyTypeObject *)made
        spec = made_from.between(last_name(source, value), _start_of_function(node), target.start_byte)
    if spec or target.type == "identifier":
        made_from.add(last_name(source, target), target.start_byte, spec)
    elif target.type == "field_expression" and node.type == "assignment_expression":
        holder, field = target.child_by_field_name("argument"), target.child_by_field_name("field")
        if holder is not None and field is not None and holder.type == "identifier" and _is_address(value):
            fields.append(FieldSet(source.spelling(holder), source.spelling(field), last_name(source, value)))


def _start_of_function(node: Node) -> int:
    around: Node | None = node
    while around is not None and around.type != "function_definition":
        around = around.parent
    return around.start_byte if around is not None else 0


def _is_address(node: Node) -> bool:
    """A name, its address, or a cast of either: what may be a function or a table."""
    while node.type in ("cast_expression", "parenthesized_expression", "pointer_expression") and node.named_children:
        node = node.named_children[-1]
    return node.type == "identifier"


def last_name(source: Source, node: Node) -> str:
    """`RingType` in `(PyObject *)&RingType`; the field in `state->RingType`."""
    names = [n for n in descendants(node) if n.type in ("identifier", "field_identifier")]
    return source.spelling(names[-1]) if names else ""


def _arrays_in(node: Node) -> Iterator[Node]:
    """`methods` in `&methods[i]`."""
    for inner in descendants(node):
        array = inner.child_by_field_name("argument") if inner.type == "subscript_expression" else None
        if array is not None and array.type == "identifier":
            yield array


def _first_name(source: Source, node: Node) -> str:
    return next((source.spelling(n) for n in descendants(node) if n.type == "identifier"), "")


def _spec_of(source: Source, value: Node) -> str:
    """`ring_spec` in `PyType_FromSpec(&ring_spec)` and its like, or in a helper's call that takes no other address."""
    while value.type in ("cast_expression", "parenthesized_expression") and value.named_children:
        value = value.named_children[-1]
    arguments = value.child_by_field_name("arguments")
    if value.type != "call_expression" or arguments is None:
        return ""
    addresses = [last_name(source, a) for a in arguments.named_children if a.type == "pointer_expression"]
    return addresses[0] if len(addresses) == 1 else ""


def entry_span(source: Source, table: CTable, index: int, name: str) -> Span:
    """Where element `index` of a table is written: its string, the name given to a macro, the macro that stands for
    it, or the table's name."""
    whole = Span(table.path, table.line, table.column, table.line, table.column + len(table.name.encode()))
    listed = _initialiser(source, table)
    if listed is None:
        return whole
    elements = [child for child in listed.named_children if child.type != "comment"]
    named = [n for n in c_descendants(listed, "string_literal") if source.string_value(n) == name]
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
