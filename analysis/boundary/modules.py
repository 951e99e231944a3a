"""Which Python modules a C file's tables belong to, in workspaces of several files and several modules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gnomon.analysis.syntax.csource import CTable, SourceFacts
from gnomon.analysis.workspace import Snapshot

_INIT = "PyInit_"


def modules_of_units(snapshot: Snapshot, facts: Mapping[str, SourceFacts]) -> dict[str, tuple[str, ...]]:
    """The dotted names of the modules of each translation unit.

    A unit with an init function is its module's. Another one belongs to those modules whose start leads to a function
    or a table of it; with one module in the workspace, to that.
    """
    starts = {path: name for path, unit in facts.items() if (name := _init_name(unit))}
    full = {path: full_name(snapshot, name, facts[path].tables) for path, name in starts.items()}
    found: dict[str, tuple[str, ...]] = {path: (name,) for path, name in full.items()}
    only = next(iter(full.values())) if len(set(full.values())) == 1 else ""
    homes = _homes(facts)
    reached = {path: _reached(path, facts, homes) for path in starts} if len(found) < len(facts) else {}
    for path, unit in facts.items():
        if path in found:
            continue
        leading = tuple(dict.fromkeys(full[start] for start in starts if path in reached[start]))
        alone = _definition_name(unit.tables)
        found[path] = leading or ((full_name(snapshot, alone, unit.tables),) if alone else (only,) if only else ("",))
    return found


def _homes(facts: Mapping[str, SourceFacts]) -> dict[str, str]:
    """The unit that defines each function, by key."""
    return {f.key: path for path, unit in facts.items() for f in unit.functions if f.is_definition}


def _reached(start: str, facts: Mapping[str, SourceFacts], homes: Mapping[str, str]) -> set[str]:
    """The units that a unit leads to by its functions' uses and its tables."""
    found, waiting = {start}, [start]
    while waiting:
        unit = facts[waiting.pop()]
        keys = {r.key for r in unit.references}
        keys |= {cell.function for table in unit.tables for cell in table.cells if cell.function}
        for home in {homes[key] for key in keys if key in homes} - found:
            found.add(home)
            waiting.append(home)
    return found


def _init_name(unit: SourceFacts) -> str:
    names = [f.name.removeprefix(_INIT) for f in unit.functions if f.name.startswith(_INIT) and f.is_definition]
    return names[0] if len(names) == 1 else ""


def _definition_name(tables: Iterable[CTable]) -> str:
    names = [
        cell.text
        for table in tables
        if table.record == "PyModuleDef"
        for cell in table.cells
        if cell.field == "m_name" and cell.text
    ]
    return names[0].rsplit(".", 1)[-1] if len(names) == 1 else ""


def full_name(snapshot: Snapshot, short: str, tables: Iterable[CTable]) -> str:
    """The dotted name under which Python imports the module: as the build files say, else as PyModuleDef does."""
    built = [e.name for e in snapshot.extensions if e.name.rsplit(".", 1)[-1] == short]
    if len(built) == 1:
        return built[0]
    for table in tables:
        for cell in table.cells:
            is_name = table.record == "PyModuleDef" and cell.field == "m_name"
            if is_name and cell.text and cell.text.rsplit(".", 1)[-1] == short:
                return cell.text
    return short
