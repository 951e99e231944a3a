"""The C structures that ctypes structures of Python stand for, laid out as C has them."""

from __future__ import annotations

from gnomon.analysis.boundary.binding import Span
from gnomon.analysis.boundary.values import Instance, PythonClass
from gnomon.analysis.contracts.contradiction import Subject
from gnomon.analysis.contracts.layout_difference import size_in_bytes
from gnomon.analysis.contracts.layouts import pairs
from gnomon.analysis.metamodel import Member, Record, spell
from gnomon.analysis.navigation.index import Index
from gnomon.analysis.navigation.modules import Parsed, asked
from gnomon.analysis.navigation.target import Position, is_python
from gnomon.analysis.navigation.text import Lines
from gnomon.analysis.syntax.python import Scope, scope_at
from gnomon.analysis.workspace import Snapshot


def record_at(snapshot: Snapshot, index: Index, parsed: Parsed, at: Position) -> Record | None:
    """The C structure behind the name of a ctypes structure, or of an object of it; None where none is known, or where
    functions take it as several."""
    scope = _class_at(snapshot, index, parsed, at) if index.boundary.structures and is_python(at.path) else None
    if scope is None or scope.name not in index.structures:
        return None
    subject = Subject(snapshot, dict(index.sources), index.boundary)
    found = {pair.record for pair in pairs(subject) if pair.declared.name == scope.name}
    return found.pop() if len(found) == 1 else None


def _class_at(snapshot: Snapshot, index: Index, parsed: Parsed, at: Position) -> Scope | None:
    question = asked(snapshot, index, parsed, at.path)
    module = question.modules.of(at.path)
    point = (at.line - 1, max(at.column - 1, 0))
    node = module.source.root.named_descendant_for_point_range(point, point)
    above = node.parent if node is not None else None
    if node is None or node.type != "identifier" or above is None:
        return None
    if above.type == "class_definition" and above.child_by_field_name("name") == node:
        return scope_at(module, above)
    if above.type == "attribute" and above.child_by_field_name("attribute") == node:
        node = above
    match question.names.evaluate(node, scope_at(module, node)):
        case PythonClass(scope) | Instance(scope):
            return scope
    return None


def place_of(snapshot: Snapshot, record: Record) -> Span | None:
    """Of the structure's tag, or of the line that begins it."""
    if record.place is None or not snapshot.contains(record.place.path):
        return None
    path, line = record.place.path, record.place.line
    column = Lines(snapshot).line(path, line).find(record.name) + 1
    return Span(path, line, max(column, 1), line, max(column, 1) + (len(record.name) if column else 0))


def layout_text(record: Record) -> str:
    """The structure as C code, each member with its offset, its size and the padding before the next, in bytes."""
    rows: list[tuple[str, str]] = []
    end = 0
    for member in record.members or ():
        if record.kind == "struct" and not member.bit_size and member.offset > end:
            rows.append(("", _padding(end, member.offset)))
        rows.append((f"    {_declared(member)};", _where(member)))
        end = max(end, member.offset + (size_in_bytes(member.type) or 0))
    if record.kind == "struct" and record.size > end:
        rows.append(("", _padding(end, record.size)))
    width = max((len(code) for code, _ in rows), default=0)
    body = [f"{code:{width}}  // {comment}" for code, comment in rows]
    return "\n".join([f"{spell(record)} {{  // {_bytes(record.size)}", *body, "};"])


def _declared(member: Member) -> str:
    return spell(member.type, member.name) + (f" : {member.bit_size}" if member.bit_size else "")


def _where(member: Member) -> str:
    if member.bit_size:
        return f"at {member.offset}, from bit {member.bit_offset}"
    size = size_in_bytes(member.type)
    return f"at {member.offset}" + (f", {_bytes(size)}" if size is not None else "")


def _padding(start: int, end: int) -> str:
    return f"at {start}, {_bytes(end - start)} of padding"


def _bytes(count: int) -> str:
    return "1 byte" if count == 1 else f"{count} bytes"
