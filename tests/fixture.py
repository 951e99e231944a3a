"""Small workspaces in a string: `//- path` starts a file, `$0` is the cursor, and carets under a line, in a comment of
their own, mark the ranges that a feature must answer."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from pathlib import Path

from gnomon.analysis.boundary.binding import Span
from gnomon.analysis.boundary.edges import Boundary, bindings
from gnomon.analysis.navigation.target import Position
from gnomon.analysis.syntax.csource import Cell, CFunction, CTable, SourceFacts
from gnomon.analysis.syntax.tree import Source, descendants, parse_c
from gnomon.analysis.workspace import Snapshot
from tree_sitter import Node

MARK = re.compile(r"^(?P<before>\s*(?://|#)?\s*)(?P<carets>\^+)\s*$")
FLAGS = {"METH_VARARGS": 1, "METH_KEYWORDS": 2, "METH_NOARGS": 4, "METH_O": 8, "METH_CLASS": 16, "METH_STATIC": 32}
FIELDS = {
    "PyMethodDef": ["ml_name", "ml_meth", "ml_flags", "ml_doc"],
    "PyGetSetDef": ["name", "get", "set", "doc", "closure"],
    "PyModuleDef": ["m_base", "m_name", "m_doc", "m_size", "m_methods", "m_slots"],
    "PyTypeObject": ["ob_base", "tp_name", "tp_basicsize"],
    "PyType_Spec": ["name", "basicsize", "itemsize", "flags", "slots"],
}


@dataclass(frozen=True, slots=True)
class Fixture:
    snapshot: Snapshot
    facts: dict[str, SourceFacts]
    boundary: Boundary
    cursor: Position | None
    marks: list[Span]


def load(folder: Path, text: str) -> Fixture:
    """Writes the files of a fixture below a folder and joins both sides."""
    cursor: Position | None = None
    marks: list[Span] = []
    for name, lines in _sections(textwrap.dedent(text)):
        path, kept = folder / name, list[str]()
        for line in lines:
            if match := MARK.match(line):
                start = len(match["before"]) + 1
                marks.append(Span(str(path), len(kept), start, len(kept), start + len(match["carets"])))
                continue
            if "$0" in line:
                cursor = Position(str(path), len(kept) + 1, line.index("$0") + 1)
                line = line.replace("$0", "")
            kept.append(line)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(kept) + "\n")
    snapshot = Snapshot.of(folder)
    facts = {path: facts_of(path, snapshot.text(path)) for path in snapshot.c_files}
    return Fixture(snapshot, facts, bindings(snapshot, facts), cursor, marks)


def _sections(text: str) -> list[tuple[str, list[str]]]:
    found: list[tuple[str, list[str]]] = []
    for line in text.strip("\n").splitlines():
        if line.startswith("//- "):
            found.append((line.removeprefix("//- ").strip(), []))
        elif found:
            found[-1][1].append(line)
    return found


def facts_of(path: str, text: str) -> SourceFacts:
    """What the engine would say of simple C: functions, and tables without macros."""
    source = parse_c(path, text)
    functions, tables = [], []
    for node in source.root.named_children:
        if node.type == "function_definition":
            functions.append(_function(source, node))
        elif node.type == "declaration":
            tables += _tables(source, node)
    return SourceFacts(path, tuple(functions), tables=tuple(tables))


def _function(source: Source, node: Node) -> CFunction:
    name = next(n.child_by_field_name("declarator") for n in descendants(node) if n.type == "function_declarator")
    body = node.child_by_field_name("body")
    assert name is not None and body is not None
    while name.named_children:
        name = name.named_children[-1]
    spelled, place = source.spelling(name), source.span(name)
    signature = source.text[node.start_byte : body.start_byte].decode().strip()
    begin, end = node.start_point.row + 1, node.end_point.row + 1
    static = signature.startswith("static")
    return CFunction(
        spelled, spelled, source.path, place.line, place.column, begin, end, signature, "", static, True, True, ""
    )


def _tables(source: Source, node: Node) -> list[CTable]:
    record_node, declared = node.child_by_field_name("type"), node.child_by_field_name("declarator")
    record = source.spelling(record_node).removeprefix("struct ") if record_node is not None else ""
    if declared is None or declared.type != "init_declarator" or not record.startswith("Py"):
        return []
    value = declared.child_by_field_name("value")
    name = next(n for n in descendants(declared) if n.type == "identifier")
    assert value is not None
    is_array = any(n.type == "array_declarator" for n in declared.children)
    elements = [c for c in value.named_children if c.type != "comment"] if is_array else [value]
    cells = [cell for index, element in enumerate(elements) for cell in _cells(source, record, index, element)]
    place = source.span(name)
    spelled = source.spelling(name)
    return [CTable(spelled, spelled, record, source.path, place.line, place.column, len(elements), tuple(cells))]


def _cells(source: Source, record: str, index: int, element: Node) -> list[Cell]:
    found, position = [], 0
    for part in element.named_children:
        if part.type == "comment":
            continue
        if part.type == "initializer_pair":
            field = source.spelling(part.named_children[0]).lstrip(".")
            part = part.named_children[-1]
        else:
            names = FIELDS.get(record, [])
            field = names[position] if position < len(names) else ""
            position += 1
        found.append(_cell(source, index, field, part))
    return found


def _cell(source: Source, index: int, field: str, node: Node) -> Cell:
    text = source.string_value(node)
    if text is not None:
        return Cell(index, field, text=text)
    words = [source.spelling(n) for n in descendants(node) if n.type == "identifier"]
    if field == "ml_flags":
        return Cell(index, field, sum(FLAGS.get(word, 0) for word in words))
    if node.type == "number_literal":
        return Cell(index, field, int(source.spelling(node), 0))
    if not words or words[-1] == "NULL":
        return Cell(index, field)
    is_table = field in ("m_methods", "m_slots", "tp_methods", "tp_getset", "tp_members", "slots")
    return Cell(index, field, global_=words[-1]) if is_table else Cell(index, field, function=words[-1])
