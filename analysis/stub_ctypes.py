"""Declarations for ctypes: the argtypes and restypes of a library's functions as its C, or its DWARF, says.

A function of which a type is not certain is left out, and named in a comment with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from keyword import iskeyword

from gnomon.analysis.debuginfo.dwarf import DebugFile
from gnomon.analysis.debuginfo.elf import Unsupported
from gnomon.analysis.metamodel import (
    Alias,
    Base,
    Function,
    FunctionType,
    Parameter,
    Pointer,
    Qualified,
    Type,
    Unknown,
    Void,
    spell_function,
)
from gnomon.analysis.syntax.csource import CFunction
from gnomon.analysis.syntax.tree import Source, parse_c
from tree_sitter import Node

# The names of C that mean the same for every compiler of this machine, and how ctypes names them.
_NAMES: Mapping[str, str] = {
    "_Bool": "c_bool", "bool": "c_bool", "char": "c_char", "signed char": "c_byte", "unsigned char": "c_ubyte",
    "short": "c_short", "unsigned short": "c_ushort", "int": "c_int", "unsigned int": "c_uint", "long": "c_long",
    "unsigned long": "c_ulong", "long long": "c_longlong", "unsigned long long": "c_ulonglong", "float": "c_float",
    "double": "c_double", "long double": "c_longdouble", "size_t": "c_size_t", "ssize_t": "c_ssize_t",
    "wchar_t": "c_wchar", "int8_t": "c_int8", "uint8_t": "c_uint8", "int16_t": "c_int16", "uint16_t": "c_uint16",
    "int32_t": "c_int32", "uint32_t": "c_uint32", "int64_t": "c_int64", "uint64_t": "c_uint64",
    "intptr_t": "c_ssize_t", "uintptr_t": "c_size_t", "ptrdiff_t": "c_ssize_t", "Py_ssize_t": "c_ssize_t",
    "PyObject": "py_object",
}  # fmt: skip
_WORDS = {"signed", "unsigned", "short", "long", "int", "char", "double", "float", "_Bool"}


@dataclass(frozen=True, slots=True)
class Declaration:
    """A function's ctypes, in the words of ctypes; `refusal` says why there are none."""

    name: str
    signature: str
    argtypes: tuple[str, ...] = ()
    restype: str = ""
    refusal: str = ""


def ctypes_stub(library: str, declarations: Iterable[Declaration]) -> str:
    """A module whose `declare` sets the types of a loaded library."""
    listed = sorted(declarations, key=lambda d: d.name)
    whole = [d for d in listed if not d.refusal]
    words = {w for d in whole for text in (*d.argtypes, d.restype) for w in re.findall(r"\w+", text)} - {"None"}
    lines = [f'"""Types of the functions of {library}, as its C says. Written by `gnomon stub`."""', ""]
    lines += [
        f"from ctypes import {', '.join(sorted({'CDLL', *words}))}",
        "",
        "",
        "def declare(library: CDLL) -> None:",
    ]
    for declaration in whole:
        lines.append(f"    # {declaration.signature}")
        lines.append(f"    library.{declaration.name}.argtypes = [{', '.join(declaration.argtypes)}]")
        lines.append(f"    library.{declaration.name}.restype = {declaration.restype}")
    lines += [] if whole else ["    pass"]
    lines += [f"    # left out: {d.signature} ({d.refusal})" for d in listed if d.refusal]
    return "\n".join(lines) + "\n"


def declarations(
    names: Iterable[str], functions: Sequence[CFunction], debug: DebugFile | None = None
) -> list[Declaration]:
    """What is known of exported functions: from the library's DWARF, else from the one source that defines the name."""
    found = []
    for name in dict.fromkeys(names):
        known = debug.function(name) if debug is not None else None
        if known is None or isinstance(known, Unsupported):
            known = _from_sources(name, functions)
        if known is not None and name.isidentifier() and not iskeyword(name):
            found.append(_declaration(known))
    return found


def _from_sources(name: str, functions: Sequence[CFunction]) -> Function | None:
    written = {f.signature for f in functions if f.name == name and not f.is_static and f.is_definition}
    return parsed_signature(written.pop()) if len(written) == 1 else None


def _declaration(function: Function) -> Declaration:
    signature = " ".join(spell_function(function).split())
    if function.type.is_variadic:
        return Declaration(function.name, signature, refusal="it takes any number of arguments")
    argtypes = [_ctype(p.type, is_result=False) for p in function.type.parameters]
    result = _ctype(function.type.result, is_result=True)
    if result is None or None in argtypes:
        return Declaration(function.name, signature, refusal="a type is not known")
    return Declaration(function.name, signature, tuple(a for a in argtypes if a is not None), result)


def _ctype(type_: Type, is_result: bool) -> str | None:
    """The type in the words of ctypes; None where it is not certain."""
    match type_:
        case Qualified(_, target):
            return _ctype(target, is_result)
        case Void():
            return "None" if is_result else None
        case Base(name) | Alias(name, Unknown()):
            return _NAMES.get(_normal(name))
        case Alias(name, target):
            return _NAMES.get(name) or _ctype(target, is_result)
        case Pointer(target):
            return _pointer(target, is_result)
    return None


def _pointer(target: Type, is_result: bool) -> str:
    """A returned `char *` stays an address: ctypes would copy the text, and nobody could free it."""
    is_const = isinstance(target, Qualified) and target.qualifier == "const"
    bare = _unqualified(target)
    name = _normal(bare.name) if isinstance(bare, Base | Alias) else ""
    if name == "char":
        return "c_char_p" if is_const or not is_result else "c_void_p"
    if name == "PyObject":
        return "py_object"
    inner = _ctype(bare, is_result=False) if isinstance(bare, Base | Alias | Pointer) else None
    return f"POINTER({inner})" if inner is not None else "c_void_p"


def _unqualified(type_: Type) -> Type:
    while isinstance(type_, Qualified):
        type_ = type_.target
    return type_


def _normal(name: str) -> str:
    """`long unsigned int` and `unsigned long` are one type."""
    words = name.split()
    if not words or not set(words) <= _WORDS:
        return name
    core = next((w for w in words if w in ("char", "double", "float", "_Bool")), "")
    size = core or (
        "long long" if words.count("long") > 1 else next((w for w in words if w in ("long", "short")), "int")
    )
    if core == "double" and "long" in words:
        size = "long double"
    sign = "unsigned " if "unsigned" in words else "signed " if "signed" in words and core == "char" else ""
    return sign + size


def parsed_signature(signature: str) -> Function | None:
    """A function from its C declaration; None when that is not understood. Names that are not C's own stay unknown."""
    source = parse_c("", f"{signature.rstrip().rstrip(';')};")
    node = next((n for n in source.root.named_children if n.type == "declaration"), None)
    declared = node.child_by_field_name("declarator") if node is not None else None
    if node is None or declared is None or source.root.has_error:
        return None
    type_ = _declared_type(source, node)
    while declared.type == "pointer_declarator":
        type_ = Pointer(type_)
        inner = declared.child_by_field_name("declarator")
        if inner is None:
            return None
        declared = inner
    listed, named = declared.child_by_field_name("parameters"), declared.child_by_field_name("declarator")
    if declared.type != "function_declarator" or listed is None or named is None or named.type != "identifier":
        return None
    given = [child for child in listed.named_children if child.type != "comment"]
    parameters = tuple(_parameter(source, child) for child in given if child.type == "parameter_declaration")
    if parameters == (Parameter("", Void()),):
        parameters = ()
    is_variadic = any(child.type == "variadic_parameter" for child in given)
    return Function(source.spelling(named), FunctionType(type_, parameters, is_variadic))


def _parameter(source: Source, node: Node) -> Parameter:
    type_ = _declared_type(source, node)
    declared = node.child_by_field_name("declarator")
    is_array = False
    while declared is not None and declared.type != "identifier":
        inner = declared.child_by_field_name("declarator")
        is_nested = is_array or (inner is not None and inner.type == "parenthesized_declarator")
        if declared.type == "function_declarator" or (declared.type == "array_declarator" and is_nested):
            return Parameter("", Pointer(Unknown("an array or a function")))
        if declared.type not in ("pointer_declarator", "abstract_pointer_declarator", "array_declarator"):
            return Parameter("", Unknown(declared.type))
        is_array = declared.type == "array_declarator"
        type_ = Pointer(type_)
        declared = inner
    return Parameter(source.spelling(declared) if declared is not None else "", type_)


def _declared_type(source: Source, node: Node) -> Type:
    written = node.child_by_field_name("type")
    name = source.spelling(written) if written is not None else ""
    type_: Type = Void() if name == "void" else Base(name, 0, "other") if _is_own(name) else Alias(name, Unknown(name))
    is_const = any(n.type == "type_qualifier" and source.spelling(n) == "const" for n in node.children)
    return Qualified("const", type_) if is_const else type_


def _is_own(name: str) -> bool:
    return bool(name) and all(word in _WORDS for word in name.split())
