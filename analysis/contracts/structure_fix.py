"""The correction of a ctypes structure: its `_fields_`, written anew from the C structure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from gnomon.analysis.boundary.binding import DeclaredType
from gnomon.analysis.boundary.ctypes import StructureDeclaration, StructureField
from gnomon.analysis.checking.finding import Fix, TextEdit
from gnomon.analysis.contracts.c_values import bare
from gnomon.analysis.contracts.contradiction import Subject
from gnomon.analysis.contracts.ctypes_layout import layout_of
from gnomon.analysis.contracts.ctypes_spelling import ctypes_name, spelled_in
from gnomon.analysis.contracts.layout_difference import layout_difference
from gnomon.analysis.metamodel import Array, FunctionType, Member, Pointer, Record, Type
from gnomon.analysis.syntax.tree import Source
from tree_sitter import Node


def corrected(
    subject: Subject, mine: StructureDeclaration, record: Record, structures: Mapping[str, StructureDeclaration]
) -> tuple[Fix, ...]:
    """Other fields in the place of those that are there; only where ctypes itself then lays them out as C does."""
    rows = _rows(mine, record)
    if rows is None:
        return ()
    for packing in dict.fromkeys((mine.packing, 0, 1)):
        right = replace(mine, fields=rows, packing=packing)
        layout = layout_of(right, structures)
        if layout is not None and len(layout.fields) == len(rows) and not layout_difference(mine.name, layout, record):
            edit = _edit(subject, mine, rows, packing or 0)
            return (Fix(f"Correct the fields of {mine.name.rsplit('.', 1)[-1]}", (edit,)),) if edit is not None else ()
    return ()


def _rows(mine: StructureDeclaration, record: Record) -> tuple[StructureField, ...] | None:
    """Fields of Python keep their names where C has no field of that name, and the counts are the same."""
    members, old = record.members or (), mine.fields or ()
    known, theirs = {field.name: field for field in old}, {member.name for member in members}
    rows = []
    for number, member in enumerate(members):
        kept = old[number].name if len(old) == len(members) else ""
        name = kept if kept and kept not in theirs and member.name not in known else member.name
        spelled = _field_type(member, known.get(name))
        if not name or spelled is None:
            return None
        rows.append(StructureField(name, DeclaredType(spelled, "unknown"), member.bit_size))
    return tuple(rows)


def _field_type(member: Member, old: StructureField | None) -> str | None:
    """For a structure in the structure, what Python has there already."""
    spelled = _spelled(member.type)
    return spelled if spelled is not None or old is None else old.type.text


def _spelled(type_: Type) -> str | None:
    plain = bare(type_)
    if isinstance(plain, Array):
        element = _spelled(plain.element)
        return f"{element} * {plain.count}" if element is not None and plain.count is not None else None
    if isinstance(plain, Pointer) and isinstance(bare(plain.target), FunctionType):
        return "c_void_p"
    return ctypes_name(type_)


def _edit(
    subject: Subject, mine: StructureDeclaration, rows: tuple[StructureField, ...], packing: int
) -> TextEdit | None:
    source = subject.source(mine.place.path)
    listed = _field_list(source, mine)
    if listed is None:
        return None
    written = [f'("{r.name}", {r.type.text}{f", {r.bits}" if r.bits else ""})' for r in rows]
    indent = " " * (listed.parent.start_point.column if listed.parent is not None else 0)
    whole = f"[\n{''.join(f'{indent}    {row},' + chr(10) for row in written)}{indent}]"
    text = spelled_in(subject.snapshot.text(mine.place.path), whole)
    if text is None:
        return None
    if packing != mine.packing:
        if mine.packing or not packing or listed.start_point.column == 0:
            return None
        text = f"{text}\n{indent}_pack_ = {packing}"
    at = source.span(listed)
    return TextEdit(subject.snapshot.relative(at.path), at.line, at.column, at.end_line, at.end_column, text)


def _field_list(source: Source, mine: StructureDeclaration) -> Node | None:
    """The one list that is assigned to `_fields_`, in the body of the class or behind it."""
    name = mine.name.rsplit(".", 1)[-1]
    found: list[Node] = []
    for statement in source.root.named_children:
        inner = statement.named_children[0] if statement.type == "expression_statement" else statement
        if inner.type == "decorated_definition":
            inner = inner.child_by_field_name("definition") or inner
        if inner.type == "class_definition" and source.span(inner.child_by_field_name("name") or inner) == mine.place:
            body = inner.child_by_field_name("body")
            for child in body.named_children if body is not None else ():
                plain = child.named_children[0] if child.type == "expression_statement" else child
                found += _assigned(plain, "_fields_", source)
        found += _assigned(inner, f"{name}._fields_", source)
    return found[0] if len(found) == 1 and found[0].type in ("list", "tuple") else None


def _assigned(node: Node, target: str, source: Source) -> list[Node]:
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    if node.type != "assignment" or left is None or right is None or source.spelling(left) != target:
        return []
    return [right]
