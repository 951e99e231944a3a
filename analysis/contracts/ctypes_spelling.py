"""C types as ctypes spells them, for corrections."""

from __future__ import annotations

import re

from gnomon.analysis.contracts.c_values import bare, is_character, is_object, passed
from gnomon.analysis.metamodel import Base, Enumeration, FunctionType, Pointer, Qualified, Record, Type, Void

_BY_SIZE = {
    ("signed", 1): "c_int8", ("signed", 2): "c_int16", ("signed", 4): "c_int", ("signed", 8): "c_longlong",
    ("unsigned", 1): "c_uint8", ("unsigned", 2): "c_uint16", ("unsigned", 4): "c_uint", ("unsigned", 8): "c_ulonglong",
    ("boolean", 1): "c_bool", ("float", 4): "c_float", ("float", 8): "c_double", ("float", 16): "c_longdouble",
}  # fmt: skip
_BY_NAME = {
    "char": "c_char", "short": "c_short", "unsigned short": "c_ushort", "int": "c_int", "unsigned int": "c_uint",
    "long": "c_long", "unsigned long": "c_ulong", "long long": "c_longlong", "unsigned long long": "c_ulonglong",
    "size_t": "c_size_t", "ssize_t": "c_ssize_t", "Py_ssize_t": "c_ssize_t", "wchar_t": "c_wchar",
    "int8_t": "c_int8", "int16_t": "c_int16", "int32_t": "c_int32", "int64_t": "c_int64", "uint8_t": "c_uint8",
    "uint16_t": "c_uint16", "uint32_t": "c_uint32", "uint64_t": "c_uint64",
}  # fmt: skip


def ctypes_name(type_: Type) -> str | None:
    """ "c_int", "POINTER(c_double)", "None"; None where ctypes has no name for it: structures, functions, vectors."""
    named = _named(type_)
    if named:
        return named
    actual = passed(type_)
    match actual:
        case Void():
            return "None"
        case Enumeration(_, 4):
            return "c_int"
        case Base(name, size, encoding):
            return _BY_NAME.get(name) or _BY_SIZE.get((encoding, size))
        case Pointer(target):
            return None if isinstance(bare(target), FunctionType) else _pointer(target)
    return None


def _named(type_: Type) -> str:
    """By the first typedef that ctypes knows."""
    while not isinstance(type_, Base):
        name = getattr(type_, "name", "")
        if name in _BY_NAME:
            return _BY_NAME[name]
        inner = getattr(type_, "target", None)
        if inner is None or isinstance(type_, Pointer):
            return ""
        type_ = inner
    return ""


def _pointer(target: Type) -> str:
    inner = bare(target)
    if is_object(inner):
        return "py_object"
    if isinstance(inner, Base) and inner.name == "char":
        is_constant = isinstance(target, Qualified) and target.qualifier == "const"
        return "c_char_p" if is_constant else "POINTER(c_char)"
    if isinstance(inner, Base) and (inner.name == "wchar_t" or _named(target) == "c_wchar"):
        return "c_wchar_p"
    if isinstance(inner, Record) or is_character(inner):
        return "c_void_p" if isinstance(inner, Record) else "POINTER(c_ubyte)"
    pointee = ctypes_name(target)
    return f"POINTER({pointee})" if pointee not in (None, "None") else "c_void_p"


_PLAIN_IMPORT = re.compile(r"^import ctypes(?: as (\w+))?[ \t]*(?:#.*)?$", re.M)
_STAR = re.compile(r"^from ctypes import \*", re.M)
_FROM = re.compile(r"^from ctypes import (?:\(([^)]*)\)|([^\n#]*))", re.M)
_WORD = re.compile(r"\b(?:c_\w+|POINTER|py_object)\b")


def spelled_in(text: str, name: str) -> str | None:
    """The name as a module with this text can write it; None when it would need another import."""
    wanted = set(_WORD.findall(name))
    imported = {
        part.strip()
        for match in _FROM.finditer(text)
        for part in (match[1] or match[2] or "").split(",")
        if part.strip()
    }
    if _STAR.search(text) or wanted <= imported:
        return name
    plain = _PLAIN_IMPORT.search(text)
    if plain is None:
        return None
    return _WORD.sub(lambda word: f"{plain[1] or 'ctypes'}.{word[0]}", name)
