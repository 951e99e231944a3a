"""What pyelftools says of a library: a full walk, as plain as can be, to compare the index with."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from elftools.elf.elffile import ELFFile
from gnomon.analysis.metamodel import (
    Alias,
    Array,
    Base,
    Enumeration,
    Function,
    FunctionType,
    Member,
    Parameter,
    Place,
    Pointer,
    Qualified,
    Record,
    Type,
    Unknown,
    Void,
)  # fmt: skip

RECORDS = {"DW_TAG_structure_type": "struct", "DW_TAG_class_type": "struct", "DW_TAG_union_type": "union"}
SCOPES = {"DW_TAG_namespace", "DW_TAG_structure_type", "DW_TAG_class_type", "DW_TAG_union_type"}
_QUALIFIERS = {
    "DW_TAG_const_type": "const",
    "DW_TAG_volatile_type": "volatile",
    "DW_TAG_restrict_type": "restrict",
    "DW_TAG_atomic_type": "_Atomic",
}
_ENCODINGS = {2: "boolean", 4: "float", 5: "signed", 6: "character", 7: "unsigned", 8: "character"}


def text(die: Any, attribute: str) -> str:
    value = die.attributes.get(attribute)
    return value.value.decode("utf-8", "replace") if value is not None and isinstance(value.value, bytes) else ""


def number(die: Any, attribute: str, default: int = 0) -> int:
    value = die.attributes.get(attribute)
    return value.value if value is not None and isinstance(value.value, int) else default


def described(die: Any, attribute: str) -> Any:
    """The DIE, or the one that it refers to for this attribute."""
    for link in ("DW_AT_abstract_origin", "DW_AT_specification"):
        if attribute not in die.attributes and link in die.attributes:
            return described(die.get_DIE_from_attribute(link), attribute)
    return die


def type_of(die: Any) -> Type:
    die = described(die, "DW_AT_type")
    return _read(die.get_DIE_from_attribute("DW_AT_type")) if "DW_AT_type" in die.attributes else Void()


def _read(die: Any) -> Type:
    name, size = qualified(die), number(die, "DW_AT_byte_size")
    if die.tag in _QUALIFIERS:
        return Qualified(_QUALIFIERS[die.tag], type_of(die))
    match die.tag:
        case "DW_TAG_base_type":
            return Base(name, size, _ENCODINGS.get(number(die, "DW_AT_encoding"), "other"))
        case "DW_TAG_pointer_type":
            return Pointer(type_of(die), size or die.cu["address_size"])
        case "DW_TAG_typedef":
            return Alias(name, type_of(die))
        case "DW_TAG_structure_type" | "DW_TAG_class_type" | "DW_TAG_union_type":
            return Record(RECORDS[die.tag], name, size)
        case "DW_TAG_enumeration_type":
            values = [c for c in die.iter_children() if c.tag == "DW_TAG_enumerator"]
            return Enumeration(
                name, size, tuple((text(c, "DW_AT_name"), number(c, "DW_AT_const_value")) for c in values)
            )
        case "DW_TAG_array_type" if "DW_AT_GNU_vector" not in die.attributes:
            found = type_of(die)
            for bound in reversed([c for c in die.iter_children() if c.tag == "DW_TAG_subrange_type"]):
                found = Array(found, _count(bound))
            return found
        case "DW_TAG_subroutine_type":
            return _function_type(die, False)
    return Unknown("")


def _count(bound: Any) -> int | None:
    if "DW_AT_count" in bound.attributes:
        return number(bound, "DW_AT_count")
    upper = bound.attributes.get("DW_AT_upper_bound")
    is_constant = upper is not None and isinstance(upper.value, int) and not upper.form.startswith("DW_FORM_ref")
    return upper.value + 1 if is_constant else None


def _function_type(die: Any, has_names: bool) -> FunctionType:
    children = list(die.iter_children())
    parameters = [c for c in children if c.tag == "DW_TAG_formal_parameter"]
    copied = die.attributes.get("DW_AT_abstract_origin")
    if copied is not None and not all("DW_AT_type" in p.attributes for p in parameters or [die]):
        children = list(die.get_DIE_from_attribute("DW_AT_abstract_origin").iter_children())
        parameters = [c for c in children if c.tag == "DW_TAG_formal_parameter"]
    named = tuple(Parameter(text(p, "DW_AT_name") if has_names else "", type_of(p)) for p in parameters)
    return FunctionType(type_of(die), named, any(c.tag == "DW_TAG_unspecified_parameters" for c in children))


def member(die: Any, is_little_endian: bool = True) -> Member:
    bits = number(die, "DW_AT_bit_size")
    location = die.attributes.get("DW_AT_data_member_location")
    offset = location.value if location is not None else 0
    if isinstance(offset, list):  # DWARF 2: DW_OP_plus_uconst and a LEB128 number
        offset = sum((byte & 0x7F) << 7 * place for place, byte in enumerate(offset[1:]))
    start = offset * 8
    if "DW_AT_data_bit_offset" in die.attributes:
        start = number(die, "DW_AT_data_bit_offset")
    elif bits and "DW_AT_bit_offset" in die.attributes:
        start += number(die, "DW_AT_byte_size") * 8 - number(die, "DW_AT_bit_offset") - bits
    return Member(text(die, "DW_AT_name"), type_of(die), start // 8, start % 8, bits)


def qualified(die: Any) -> str:
    """The name with the namespaces and classes around it."""
    origin = described(die, "DW_AT_name")
    name, around = text(origin, "DW_AT_name"), origin.get_parent()
    while name and around is not None and around.tag in SCOPES:
        name = f"{text(around, 'DW_AT_name') or '(anonymous)'}::{name}"
        around = around.get_parent()
    return name


def place_of(die: Any) -> Place | None:
    """File numbers count from 0 in DWARF 5 and from 1 before."""
    holder, line = described(die, "DW_AT_decl_file"), number(described(die, "DW_AT_decl_line"), "DW_AT_decl_line")
    program = holder.dwarfinfo.line_program_for_CU(holder.cu)
    if "DW_AT_decl_file" not in holder.attributes or not line or program is None:
        return None
    is_five = program.header["version"] >= 5
    entry = program.header["file_entry"][number(holder, "DW_AT_decl_file") - (0 if is_five else 1)]
    folders = [folder.decode() for folder in program.header["include_directory"]]
    position = entry.dir_index if is_five else entry.dir_index - 1
    base = text(holder.cu.get_top_DIE(), "DW_AT_comp_dir")
    return Place(
        os.path.normpath(Path(base) / (folders[position] if position >= 0 else "") / entry.name.decode()), line
    )


@dataclass(frozen=True)
class Listed:
    functions: frozenset[Function]
    records: dict[str, set[Record]]


def listed(path: Path, has_places: bool = True) -> Listed:
    """All functions and all records that have names."""
    with path.open("rb") as stream:
        dwarf = ELFFile(stream).get_dwarf_info()
        units = [*dwarf.iter_CUs(), *(dwarf.iter_TUs() if dwarf.debug_types_sec is not None else ())]
        dies = [die for unit in units for die in _walk(unit.get_top_DIE(), False)]
        return Listed(frozenset(_functions(dies)), _records(dies, has_places))


def _walk(die: Any, is_local: bool) -> Iterator[tuple[Any, bool]]:
    yield die, is_local
    for child in die.iter_children():
        yield from _walk(child, is_local or die.tag == "DW_TAG_subprogram")


def _functions(dies: list[tuple[Any, bool]]) -> Iterator[Function]:
    functions = [die for die, _ in dies if die.tag == "DW_TAG_subprogram"]
    origins = {
        die.get_DIE_from_attribute(link).offset
        for die in functions
        for link in ("DW_AT_abstract_origin", "DW_AT_specification")
        if link in die.attributes
    }
    for die in functions:
        name = qualified(die)
        address = number(die, "DW_AT_low_pc")
        if name and (address or die.offset not in origins):
            external = bool(number(described(die, "DW_AT_external"), "DW_AT_external"))
            yield Function(name, _function_type(die, True), place_of(die), address, external)


def _records(dies: list[tuple[Any, bool]], has_places: bool) -> dict[str, set[Record]]:
    found: dict[str, set[Record]] = {}
    for die, is_local in dies:
        name = qualified(die)
        if die.tag not in RECORDS or not name or is_local or "DW_AT_declaration" in die.attributes:
            continue
        parts = [c for c in die.iter_children() if c.tag in ("DW_TAG_member", "DW_TAG_inheritance")]
        members = tuple(member(c) for c in parts if "DW_AT_external" not in c.attributes)
        place = place_of(die) if has_places else None
        record = Record(RECORDS[die.tag], name, number(die, "DW_AT_byte_size"), members, place)
        found.setdefault(name, set()).add(record)
    return found
