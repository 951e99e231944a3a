"""Edges of C extensions: method, getter, member and slot tables of modules and types, from the engine's facts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from gnomon.analysis.boundary.binding import Binding, BindingKind, Span
from gnomon.analysis.boundary.modules import modules_of_units
from gnomon.analysis.boundary.registration import CText, Registrations, entry_span, joined, read_text
from gnomon.analysis.boundary.results import with_results
from gnomon.analysis.boundary.slots import METHODS, SLOT_NAMES, SUITE_RECORDS
from gnomon.analysis.syntax.csource import Cell, CFunction, CTable, SourceFacts
from gnomon.analysis.syntax.tree import Source, parse_c
from gnomon.analysis.workspace import Snapshot


@dataclass(slots=True)
class _Extension:
    """One translation unit's tables, and the module they belong to."""

    facts: SourceFacts
    tables: dict[str, CTable]
    functions: Mapping[str, CFunction]
    sources: dict[str, Source]
    calls: Registrations
    module: str
    bindings: list[Binding] = field(default_factory=list)
    named: dict[str, CTable] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)  # of the unit's functions, by name


def capi_bindings(
    snapshot: Snapshot, facts: Mapping[str, SourceFacts], texts: Callable[[str], CText] | None = None
) -> list[Binding]:
    """A binding for each entry of each table that a module or type of the workspace holds.

    `texts` may keep what is read of each C file's text from one call to the next.
    """
    read = texts or (lambda path: read_text(path, snapshot.text(path)))
    functions = functions_by_key(facts.values(), snapshot.commands)
    all_tables = {t.key: t for unit in facts.values() for t in unit.tables}
    modules = modules_of_units(snapshot, facts)
    found: dict[tuple[str, str, str], Binding] = {}
    for unit in facts.values():
        own = {t.key: t for t in unit.tables}
        if not own:
            continue
        paths = dict.fromkeys([unit.path, *(t.path for t in own.values()), *filter(snapshot.contains, unit.includes)])
        files = {path: read(path) for path in paths}
        calls = joined(file.calls for file in files.values())
        sources = {path: file.source for path, file in files.items()}
        for module in modules[unit.path]:
            extension = _Extension(unit, all_tables, functions, sources, calls, module)
            extension.named = {t.name: t for t in all_tables.values()} | {t.name: t for t in own.values()}
            extension.keys = {f.name: f.key for f in unit.functions}
            _read(extension, own)
            for binding in extension.bindings:
                found.setdefault((binding.python, binding.kind, binding.native_key), binding)
    return with_results(list(found.values()), functions, _made_from(facts, snapshot, read))


def _made_from(facts: Mapping[str, SourceFacts], snapshot: Snapshot, read: Callable[[str], CText]) -> dict[str, str]:
    """The spec of each variable or field that holds a type made from one; left out where files differ."""
    found: dict[str, set[str]] = {}
    for path in dict.fromkeys([*facts, *snapshot.c_files, *snapshot.headers]):
        for name, spec in read(path).calls.made_from if snapshot.contains(path) else ():
            found.setdefault(name, set()).add(spec)
    return {name: specs.pop() for name, specs in found.items() if len(specs) == 1}


def functions_by_key(units: Iterable[SourceFacts], built: Collection[str] = ()) -> dict[str, CFunction]:
    """Functions of all units by key; a definition before a declaration.

    Projects keep a file for each system, with functions of the same names. Those of `built`, the files that the build
    is known to compile, stand before others; where several remain, none is certain, and the function is left out.
    """
    found: dict[str, CFunction] = {}
    rivals: dict[str, int] = {}
    for unit in units:
        for function in unit.functions:
            known = found.get(function.key)
            rank, other = _rank(function, unit, built), rivals.get(function.key, -1)
            if known is None or rank > other:
                found[function.key], rivals[function.key] = function, rank
            elif (
                rank == other and function.is_definition and (function.path, function.line) != (known.path, known.line)
            ):
                found[function.key] = replace(function, name="")
    return {key: function for key, function in found.items() if function.name}


def _rank(function: CFunction, unit: SourceFacts, built: Collection[str]) -> int:
    return 2 * function.is_definition + (unit.path in built)


def rows(table: CTable) -> list[dict[str, Cell]]:
    """The cells of each element, by field."""
    found: list[dict[str, Cell]] = [{} for _ in range(max([table.count, *(c.index + 1 for c in table.cells)]))]
    for cell in table.cells:
        found[cell.index][cell.field] = cell
    return found


def _read(extension: _Extension, own: Mapping[str, CTable]) -> None:
    taken: set[str] = set()
    for table in own.values():
        match table.record:
            case "PyModuleDef":
                methods = _target(extension, rows(table)[0].get("m_methods"))
                if methods is not None:
                    taken.add(methods.key)
                    _methods(extension, methods, "function", extension.module, table.key)
            case "PyTypeObject":
                taken |= _static_type(extension, table)
            case "PyType_Spec":
                taken |= _spec_type(extension, table)
    for table in own.values():
        if table.record == "PyMethodDef" and table.key not in taken and table.name in extension.calls.method_tables:
            _methods(extension, table, "function", extension.module, "")


def _target(extension: _Extension, cell: Cell | None) -> CTable | None:
    return extension.tables.get(cell.global_) if cell is not None and cell.global_ else None


def _type_name(extension: _Extension, table: CTable, written: str) -> str:
    """The dotted Python name of a type: where the module adds it, else as the type names itself."""
    short = written.rsplit(".", 1)[-1] or table.name
    for added in extension.calls.types:
        if added.global_name == table.name and added.is_spec == (table.record == "PyType_Spec") and extension.module:
            return f"{extension.module}.{added.attribute or short}"
    if "." in written or not extension.module:
        return written or table.name
    return f"{extension.module}.{short}"


def _row(extension: _Extension, table: CTable) -> dict[str, Cell]:
    """The fields of a record, with what the module's start writes over them; left out what it writes in two ways."""
    row = dict(rows(table)[0])
    written: dict[str, set[str]] = {}
    for change in extension.calls.fields:
        if change.table == table.name:
            written.setdefault(change.field, set()).add(change.value)
    for name, values in written.items():
        row.pop(name, None)
        value = values.pop()
        if values:
            continue
        if value in extension.keys:
            row[name] = Cell(0, name, function=extension.keys[value])
        elif value in extension.named:
            row[name] = Cell(0, name, global_=extension.named[value].key)
    return row


def _static_type(extension: _Extension, table: CTable) -> set[str]:
    row = _row(extension, table)
    name_cell = row.get("tp_name")
    if name_cell is None or not name_cell.text:
        return set()
    slots = {name: cell.function for name, cell in row.items() if cell.function}
    for cell in row.values():
        suite = _target(extension, cell)
        if suite is not None and suite.record in SUITE_RECORDS:
            slots |= {name: inner.function for name, inner in _row(extension, suite).items() if inner.function}
    size = row["tp_basicsize"].number if "tp_basicsize" in row else 0
    tables = {name: _target(extension, row.get(name)) for name in ("tp_methods", "tp_members", "tp_getset")}
    doc = row["tp_doc"].text if "tp_doc" in row else None
    is_known = "tp_weaklistoffset" in row and row["tp_weaklistoffset"].number > 0
    return _type(extension, table, name_cell.text, slots, size, tables, doc or "", is_known)


def _spec_type(extension: _Extension, table: CTable) -> set[str]:
    row = rows(table)[0]
    name_cell, listed = row.get("name"), _target(extension, row.get("slots"))
    if name_cell is None or not name_cell.text:
        return set()
    slots: dict[str, str] = {}
    tables: dict[str, CTable | None] = {}
    doc = ""
    for slot_row in rows(listed) if listed is not None else []:
        number, pointer = slot_row.get("slot"), slot_row.get("pfunc")
        name = SLOT_NAMES.get(number.number, "") if number is not None else ""
        if pointer is None or not name:
            continue
        if pointer.function:
            slots[name] = pointer.function
        elif pointer.text is not None and name == "tp_doc":
            doc = pointer.text
        else:
            tables[name] = _target(extension, pointer)
    size = row["basicsize"].number if "basicsize" in row else 0
    members = tables.get("tp_members")
    names = {name for _, name, _ in _named(members, "name")} if members is not None else set()
    return _type(extension, table, name_cell.text, slots, size, tables, doc, "__weaklistoffset__" in names)


def _type(
    extension: _Extension,
    table: CTable,
    written: str,
    slots: Mapping[str, str],
    size: int,
    tables: Mapping[str, CTable | None],
    doc: str,
    has_weak_references: bool,
) -> set[str]:
    """Adds a type and all it holds; the keys of the tables it took."""
    name = _type_name(extension, table, written)
    place = entry_span(extension.sources[table.path], table, -1, written)
    extension.bindings.append(
        Binding(
            name,
            "type",
            table.name,
            definition=_name_span(table),
            truth="source",
            signature=f"{table.record} {table.name}",
            declared=place,
            doc=doc,
            owner=table.key,
            module=extension.module,
            slots=tuple(slots.items()),
            size=size,
            has_weak_references=has_weak_references,
        )
    )
    for slot, key in slots.items():
        _add(extension, f"{name}.{METHODS.get(slot, slot)}", "slot", key, table, -1, "", table.key)
    if (methods := tables.get("tp_methods")) is not None:
        _methods(extension, methods, "method", name, table.key)
    if (getters := tables.get("tp_getset")) is not None:
        _getters(extension, getters, name, table.key)
    if (members := tables.get("tp_members")) is not None:
        _members(extension, members, name, table.key)
    return {t.key for t in tables.values() if t is not None}


def _name_span(table: CTable) -> Span:
    return Span(table.path, table.line, table.column, table.line, table.column + len(table.name.encode()))


def _named(table: CTable, name_field: str) -> Iterator[tuple[int, str, dict[str, Cell]]]:
    """The elements before the sentinel."""
    for index, row in enumerate(rows(table)):
        cell = row.get(name_field)
        if cell is None or cell.text is None:
            return
        yield index, cell.text, row


def _methods(extension: _Extension, table: CTable, kind: BindingKind, holder: str, owner: str) -> None:
    for index, name, row in _named(table, "ml_name"):
        pointer, doc = row.get("ml_meth"), row.get("ml_doc")
        flags = row["ml_flags"].number if "ml_flags" in row else 0
        python = f"{holder}.{name}" if holder else name
        key = pointer.function if pointer is not None else ""
        _add(
            extension, python, kind, key, table, index, name, owner, flags, (doc.text or "") if doc is not None else ""
        )


def _getters(extension: _Extension, table: CTable, holder: str, owner: str) -> None:
    for index, name, row in _named(table, "name"):
        doc = row["doc"].text if "doc" in row else None
        getter = row["get"].function if "get" in row else ""
        setter = row["set"].function if "set" in row else ""
        _add(extension, f"{holder}.{name}", "getset", getter, table, index, name, owner, doc=doc or "")
        if setter:
            _add(extension, f"{holder}.{name}.__set__", "slot", setter, table, index, name, owner)


def _members(extension: _Extension, table: CTable, holder: str, owner: str) -> None:
    for index, name, row in _named(table, "name"):
        doc = row["doc"].text if "doc" in row else None
        _add(extension, f"{holder}.{name}", "member", "", table, index, name, owner, doc=doc or "")


def _add(
    extension: _Extension,
    python: str,
    kind: BindingKind,
    key: str,
    table: CTable,
    index: int,
    name: str,
    owner: str,
    flags: int = 0,
    doc: str = "",
) -> None:
    function = extension.functions.get(key)
    source = extension.sources.get(table.path) or parse_c(table.path, "")
    extension.bindings.append(
        Binding(
            python,
            kind,
            function.name if function is not None else key,
            key,
            declared=entry_span(source, table, index, name),
            flags=flags,
            doc=doc,
            owner=owner,
            module=extension.module,
        )
    )
