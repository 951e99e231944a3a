"""How a module is started and how its state is reached, against what its definition says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gnomon.analysis.boundary.capi import rows
from gnomon.analysis.contracts.contradiction import Contradiction, Subject
from gnomon.analysis.contracts.intact import intact_units
from gnomon.analysis.contracts.tables import table_span, tables_by_key
from gnomon.analysis.syntax.csource import CTable, SourceFacts
from gnomon.analysis.syntax.tree import Source, c_descendants, descendants
from tree_sitter import Node

CODE = "contract.module"
_INIT = "PyInit_"
_CREATE, _START, _STATE = "PyModule_Create", "PyModuleDef_Init", "PyModule_GetState"
# Calls that a definition with slots makes fail, which argument the definition is, and what they do then.
_WITH_SLOTS = {
    _CREATE: (0, "raises SystemError"), "PyState_FindModule": (0, "returns NULL"),
    "PyState_AddModule": (1, "raises SystemError"), "PyState_RemoveModule": (0, "raises SystemError"),
}  # fmt: skip
_COMPILED = {_CREATE: "PyModule_Create2"}  # the function behind the macro


@dataclass(frozen=True, slots=True)
class _Call:
    name: str
    node: Node
    arguments: tuple[Node, ...]
    function: str  # in whose body it stands


def check(subject: Subject) -> Iterator[Contradiction]:
    """Definitions of modules that are used as what they are not: `PyModule_Create`, `PyState_FindModule` and their like
    for one with `m_slots`, `PyModuleDef_Init` for one whose `m_size` is negative, state that is read although `m_size`
    leaves none. A module of one phase whose `m_name` is another than its `PyInit_` function says is a warning: Python
    finds it under one name, and its functions say that they are from the other.
    """
    for unit in intact_units(subject.sources.values()):
        tables = tables_by_key([unit])
        definitions = {t.name: t for t in tables.values() if t.record == "PyModuleDef"}
        if not definitions:
            continue
        for path in dict.fromkeys(table.path for table in definitions.values()):
            source = subject.c_source(path)
            for call in _calls(source, unit):
                yield from _of_definition(source, call, definitions)
                if call.name == _STATE and all(_size(table) <= 0 for table in definitions.values()):
                    yield from _of_state(source, call)


def _calls(source: Source, unit: SourceFacts) -> Iterator[_Call]:
    """Calls that the compiler sees, too."""
    compiled = {(r.name, r.line) for r in unit.references if r.path == source.path and r.is_call}
    wanted = {*_WITH_SLOTS, _START, _STATE}
    for node in c_descendants(source.root, "call_expression"):
        called, given = node.child_by_field_name("function"), node.child_by_field_name("arguments")
        if called is None or given is None:
            continue
        name = source.spelling(called)
        if name in wanted and (_COMPILED.get(name, name), node.start_point.row + 1) in compiled:
            arguments = tuple(child for child in given.named_children if child.type != "comment")
            yield _Call(name, node, arguments, _function_around(source, node))


def _function_around(source: Source, node: Node) -> str:
    above: Node | None = node
    while above is not None and above.type != "function_definition":
        above = above.parent
    declared = next((n for n in descendants(above) if n.type == "function_declarator"), None) if above else None
    name = declared.child_by_field_name("declarator") if declared is not None else None
    return source.spelling(name) if name is not None else ""


def _of_definition(source: Source, call: _Call, definitions: Mapping[str, CTable]) -> Iterator[Contradiction]:
    index = _WITH_SLOTS[call.name][0] if call.name in _WITH_SLOTS else 0
    argument = source.spelling(call.arguments[index]) if len(call.arguments) > index else ""
    table = definitions.get(argument.removeprefix("&").strip()) if argument.startswith("&") else None
    if table is None:
        return
    row, at = rows(table)[0], source.span(call.node)
    slots, name = row.get("m_slots"), row.get("m_name")
    truth = table_span(table)
    if call.name in _WITH_SLOTS and slots is not None and slots.global_:
        text = f"`{table.name}` has `m_slots`: `{call.name}` {_WITH_SLOTS[call.name][1]} for it"
        yield Contradiction(CODE, text, at, call.function, truth=truth)
    elif call.name == _START and _size(table) < 0 and not (slots is not None and slots.global_):
        text = f"`{table.name}` has a negative `m_size`: after `{_START}` Python refuses it with SystemError"
        yield Contradiction(CODE, text, at, call.function, truth=truth)
    elif call.name == _CREATE and name is not None and name.text and call.function.startswith(_INIT):
        started, named = call.function.removeprefix(_INIT), name.text.rsplit(".", 1)[-1]
        if started != named and started.isascii() and named.isidentifier():
            text = f"`{call.function}` makes a module that calls itself `{name.text}`: its `__name__` is not its own"
            yield Contradiction(CODE, text, at, call.function, truth=truth, tier="warning")


def _size(table: CTable) -> int:
    size = rows(table)[0].get("m_size")
    return size.number if size is not None else 0


def _of_state(source: Source, call: _Call) -> Iterator[Contradiction]:
    """State that is read where it is got, or through the variable that holds it, without a look whether it is NULL."""
    node: Node | None = call.node
    while node is not None and node.parent is not None and node.parent.type in (
        "cast_expression", "parenthesized_expression"
    ):  # fmt: skip
        node = node.parent
    above = node.parent if node is not None else None
    if above is None:
        return
    if above.type != "field_expression" and not _is_read_later(source, above):
        return
    text = f"`{_STATE}` returns NULL: the module's `m_size` leaves no room for a state"
    yield Contradiction(CODE, text, source.span(call.node), call.function)


def _is_read_later(source: Source, assigned: Node) -> bool:
    target = assigned.child_by_field_name("left") or assigned.child_by_field_name("declarator")
    block: Node | None = assigned
    while block is not None and block.type != "function_definition":
        block = block.parent
    names = [n for n in descendants(target) if n.type == "identifier"] if target is not None else []
    if block is None or len(names) != 1:
        return False
    name, text = re.escape(source.spelling(names[0])), source.spelling(block)
    is_looked_at = re.search(rf"!\s*{name}\b|\b{name}\s*[!=]=|\(\s*{name}\s*\)|&&|\|\||\?", text)
    return re.search(rf"\b{name}\s*->", text) is not None and not is_looked_at
