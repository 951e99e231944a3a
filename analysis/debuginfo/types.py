"""Type DIEs to the metamodel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gnomon.analysis.metamodel import (
    Alias,
    Array,
    Base,
    Enumeration,
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
)

_ENCODINGS = {2: "boolean", 4: "float", 5: "signed", 6: "character", 7: "unsigned", 8: "character"}
_QUALIFIERS = {
    "DW_TAG_const_type": "const",
    "DW_TAG_volatile_type": "volatile",
    "DW_TAG_restrict_type": "restrict",
    "DW_TAG_atomic_type": "_Atomic",
}
DEPTH_BOUND = 60  # types inside types


def text(die: Any, attribute: str) -> str:
    value = die.attributes.get(attribute)
    return value.value.decode("utf-8", "replace") if value is not None and isinstance(value.value, bytes) else ""


def _number(die: Any, attribute: str, default: int = 0) -> int:
    value = die.attributes.get(attribute)
    return value.value if value is not None and isinstance(value.value, int) else default


@dataclass(slots=True)
class TypeReader:
    """Reads types to any depth, but opens a record's members only where the record itself is asked for."""

    depth: int = 0

    def name(self, die: Any) -> str:
        if "DW_AT_abstract_origin" in die.attributes:
            return text(die.get_DIE_from_attribute("DW_AT_abstract_origin"), "DW_AT_name")
        return text(die, "DW_AT_name")

    def type_of(self, die: Any) -> Type:
        """The type that a DIE refers to; none means void."""
        if "DW_AT_abstract_origin" in die.attributes and "DW_AT_type" not in die.attributes:
            die = die.get_DIE_from_attribute("DW_AT_abstract_origin")
        if "DW_AT_type" not in die.attributes:
            return Void()
        if self.depth >= DEPTH_BOUND:
            return Unknown("type nested too deeply")
        self.depth += 1
        try:
            return self._read(die.get_DIE_from_attribute("DW_AT_type"))
        finally:
            self.depth -= 1

    def _read(self, die: Any) -> Type:
        name, size = text(die, "DW_AT_name"), _number(die, "DW_AT_byte_size")
        if die.tag in _QUALIFIERS:
            return Qualified(_QUALIFIERS[die.tag], self.type_of(die))
        match die.tag:
            case "DW_TAG_base_type":
                return Base(name, size, _ENCODINGS.get(_number(die, "DW_AT_encoding"), "other"))
            case "DW_TAG_pointer_type":
                return Pointer(self.type_of(die), size or 8)
            case "DW_TAG_typedef":
                return Alias(name, self.type_of(die))
            case "DW_TAG_structure_type" | "DW_TAG_class_type":
                return Record("struct", name, size)
            case "DW_TAG_union_type":
                return Record("union", name, size)
            case "DW_TAG_enumeration_type":
                values = [c for c in die.iter_children() if c.tag == "DW_TAG_enumerator"]
                listed = tuple((text(c, "DW_AT_name"), _number(c, "DW_AT_const_value")) for c in values)
                return Enumeration(name, size, listed)
            case "DW_TAG_array_type":
                return self._array(die)
            case "DW_TAG_subroutine_type":
                children = list(die.iter_children())
                parameters = tuple(
                    Parameter("", self.type_of(c)) for c in children if c.tag == "DW_TAG_formal_parameter"
                )
                variadic = any(c.tag == "DW_TAG_unspecified_parameters" for c in children)
                return FunctionType(self.type_of(die), parameters, variadic)
        return Unknown(f"{die.tag} is not read")

    def _array(self, die: Any) -> Type:
        result = self.type_of(die)
        ranges = [child for child in die.iter_children() if child.tag == "DW_TAG_subrange_type"]
        for bound in reversed(ranges):
            count = _number(bound, "DW_AT_count", -1)
            upper = _number(bound, "DW_AT_upper_bound", -1)
            result = Array(result, count if count >= 0 else upper + 1 if upper >= 0 else None)
        return result

    def record(self, die: Any, place: Place | None) -> Record:
        """A record with its members."""
        kind = "union" if die.tag == "DW_TAG_union_type" else "struct"
        members = tuple(self._member(child) for child in die.iter_children() if child.tag == "DW_TAG_member")
        return Record(kind, text(die, "DW_AT_name"), _number(die, "DW_AT_byte_size"), members, place)

    def _member(self, die: Any) -> Member:
        bits = _number(die, "DW_AT_bit_size")
        offset = _number(die, "DW_AT_data_member_location")
        within = 0
        if bits and "DW_AT_data_bit_offset" in die.attributes:
            offset, within = divmod(_number(die, "DW_AT_data_bit_offset"), 8)
        elif bits and "DW_AT_bit_offset" in die.attributes:
            # DWARF 2 and 3 count from the most significant bit of the storage unit.
            storage = _number(die, "DW_AT_byte_size", 4) * 8
            start = offset * 8 + storage - _number(die, "DW_AT_bit_offset") - bits
            offset, within = divmod(start, 8)
        return Member(text(die, "DW_AT_name"), self.type_of(die), offset, within, bits)
