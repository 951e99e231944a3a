"""Single look-ups in DWARF: a function by its symbol, a structure by its name. Nothing else of the file is read.

The look-up goes from the symbol's address through .debug_aranges to one unit; units are walked one by one only where
the producer wrote no such table.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gnomon.analysis.debuginfo.elf import READ_ERRORS, ElfFacts, Unsupported, facts_of, load
from gnomon.analysis.debuginfo.types import TypeReader, text
from gnomon.analysis.metamodel import Function, FunctionType, Parameter, Place, Record, Void

__all__ = ["DebugFile", "Unsupported", "open_debug_file"]


@dataclass(slots=True)
class DebugFile:
    """An opened library. Answers are kept by name for as long as the owner keeps this value."""

    path: str
    elf: ElfFacts
    dwarf: Any
    _functions: dict[str, Function | Unsupported | None] = field(default_factory=dict)

    def function(self, name: str) -> Function | Unsupported | None:
        """The function behind an exported symbol; None when the library has none of that name, or no DWARF for it."""
        if name not in self._functions:
            try:
                self._functions[name] = self._find(name)
            except READ_ERRORS as error:
                self._functions[name] = Unsupported(f"damaged DWARF: {error}")
        return self._functions[name]

    def _find(self, name: str) -> Function | Unsupported | None:
        symbol = next((s for s in self.elf.symbols if s.name == name and s.kind == "FUNC" and s.is_defined), None)
        if symbol is None:
            return None
        for unit in self._units_at(symbol.address):
            missing = _split_unit(unit)
            if missing is not None:
                return missing
            for die in unit.get_top_DIE().iter_children():
                if die.tag == "DW_TAG_subprogram" and _attribute(die, "DW_AT_low_pc") == symbol.address:
                    return _function(die, name, symbol.address)
        return None

    def _units_at(self, address: int) -> Iterator[Any]:
        aranges = self.dwarf.get_aranges()
        offset = aranges.cu_offset_at_addr(address) if aranges is not None else None
        if offset is not None:
            yield self.dwarf.get_CU_at(offset)
        else:
            yield from self.dwarf.iter_CUs()

    def record(self, name: str) -> Record | Unsupported | None:
        """A struct or union by its tag; None when no unit defines it."""
        try:
            for unit in self.dwarf.iter_CUs():
                missing = _split_unit(unit)
                if missing is not None:
                    return missing
                for die in unit.get_top_DIE().iter_children():
                    if _defines_record(die, name):
                        return TypeReader().record(die, place_of(die))
        except READ_ERRORS as error:
            return Unsupported(f"damaged DWARF: {error}")
        return None


def open_debug_file(path: str) -> DebugFile | Unsupported:
    """Opens a library for look-ups, or says why its debug information cannot be used."""
    file = load(path)
    if isinstance(file, Unsupported):
        return file
    elf = facts_of(path, file)
    if isinstance(elf, Unsupported):
        return elf
    try:
        if not file.has_dwarf_info(strict=True):
            return Unsupported("no debug information: build it with -g")
        return DebugFile(path, elf, file.get_dwarf_info())
    except READ_ERRORS as error:
        return Unsupported(f"debug information that cannot be read: {error}")


def _split_unit(unit: Any) -> Unsupported | None:
    top = unit.get_top_DIE()
    name = text(top, "DW_AT_dwo_name") or text(top, "DW_AT_GNU_dwo_name")
    if not name:
        return None
    place = Path(text(top, "DW_AT_comp_dir")) / name
    found = "is not read yet" if place.exists() else "not found"
    return Unsupported(f"split DWARF, {name} {found}")


def _defines_record(die: Any, name: str) -> bool:
    is_record = die.tag in ("DW_TAG_structure_type", "DW_TAG_union_type")
    return is_record and text(die, "DW_AT_name") == name and "DW_AT_declaration" not in die.attributes


def _attribute(die: Any, name: str) -> Any:
    attribute = die.attributes.get(name)
    return attribute.value if attribute is not None else None


def _function(die: Any, name: str, address: int) -> Function:
    reader = TypeReader()
    # A definition may refer to its declaration for the name, the type and the place.
    described = die
    for link in ("DW_AT_abstract_origin", "DW_AT_specification"):
        if link in described.attributes:
            described = described.get_DIE_from_attribute(link)
    children = list(die.iter_children())
    parameters = tuple(
        Parameter(reader.name(child), reader.type_of(child))
        for child in children
        if child.tag == "DW_TAG_formal_parameter"
    )
    is_variadic = any(child.tag == "DW_TAG_unspecified_parameters" for child in children)
    result = reader.type_of(described) if "DW_AT_type" in described.attributes else Void()
    external = "DW_AT_external" in described.attributes
    return Function(name, FunctionType(result, parameters, is_variadic), place_of(described), address, external)


def place_of(die: Any) -> Place | None:
    """Where a DIE was declared; file numbers count from 0 in DWARF 5 and from 1 before."""
    number, line = _attribute(die, "DW_AT_decl_file"), _attribute(die, "DW_AT_decl_line")
    program = die.dwarfinfo.line_program_for_CU(die.cu)
    if number is None or line is None or program is None:
        return None
    header = program.header
    is_five = header["version"] >= 5
    index = number if is_five else number - 1
    entries = header["file_entry"]
    if not 0 <= index < len(entries):
        return None
    entry = entries[index]
    folders = [folder.decode("utf-8", "replace") for folder in header["include_directory"]]
    base = text(die.cu.get_top_DIE(), "DW_AT_comp_dir")
    position = entry.dir_index if is_five else entry.dir_index - 1
    folder = folders[position] if 0 <= position < len(folders) else ""
    return Place(os.path.normpath(Path(base) / folder / entry.name.decode("utf-8", "replace")), line)
