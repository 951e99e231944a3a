"""The Python signature of a C function of an extension: what it parses, and what it returns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gnomon.analysis.syntax.tree import Source, descendants
from tree_sitter import Node

ANYTHING = ("*args: Any", "**kwargs: Any")


@dataclass(frozen=True, slots=True)
class CBody:
    """A function's definition in a parsed source."""

    source: Source
    node: Node


@dataclass(frozen=True, slots=True)
class _Unit:
    """A format unit: the type that Python may pass, and how many C arguments it takes; the last of them is named."""

    type: str
    count: int = 1


_INTEGER = _Unit("SupportsIndex")
_FLOAT = _Unit("SupportsFloat | SupportsIndex")
_UNITS: dict[str, _Unit] = {
    **dict.fromkeys("bBhHiIlkLKn", _INTEGER),
    **dict.fromkeys("fd", _FLOAT),
    "s": _Unit("str"), "z": _Unit("str | None"), "U": _Unit("str"), "C": _Unit("str"),
    "s#": _Unit("str | Buffer", 2), "z#": _Unit("str | Buffer | None", 2), "y#": _Unit("Buffer", 2),
    "s*": _Unit("str | Buffer"), "z*": _Unit("str | Buffer | None"), "y*": _Unit("Buffer"), "w*": _Unit("Buffer"),
    "y": _Unit("Buffer"), "S": _Unit("bytes"), "Y": _Unit("bytearray"), "c": _Unit("bytes | bytearray"),
    "p": _Unit("object"), "D": _Unit("Any"), "O": _Unit("Any"), "O!": _Unit("Any", 2), "O&": _Unit("Any", 2),
}  # fmt: skip

_FORMAT_UNIT = re.compile(r"[sz]#|y#|[szyw]\*|O!|O&|[a-zA-Z]|[|$]")

_MAKERS: dict[str, str] = {
    "PyLong_From": "int", "PyFloat_From": "float", "PyUnicode_From": "str", "PyBytes_From": "bytes",
    "PyByteArray_From": "bytearray", "PyBool_From": "bool", "PyComplex_From": "complex",
}  # fmt: skip
_MACROS = {"Py_RETURN_NONE": "None", "Py_RETURN_TRUE": "bool", "Py_RETURN_FALSE": "bool"}
_FAILURES = ("NULL", "0", "nullptr", "PyErr_")
_HIDING = re.compile(r"[A-Z][A-Z0-9_]*|Py_RETURN_\w+")  # a macro in whose body a return may be


def parameters(body: CBody | None) -> list[str]:
    """What stands in the brackets of a `def`, for the one parser of arguments that the function calls."""
    calls = [] if body is None else list(_calls(body, ("PyArg_ParseTuple", "PyArg_ParseTupleAndKeywords")))
    if body is None or len(calls) != 1:
        return list(ANYTHING)
    name, arguments = calls[0]
    if not arguments or body.source.spelling(arguments[0]) != _tuple_of(body):
        return list(ANYTHING)
    has_keywords = name.endswith("Keywords")
    position = 2 if has_keywords else 1
    written = _format(body.source, arguments[position]) if len(arguments) > position else None
    units = _units(written) if written is not None else None
    if units is None:
        return list(ANYTHING)
    taken = arguments[position + 1 + has_keywords :]
    if not has_keywords:
        return _listed(units, _variables(body, units, taken), 0)
    keywords = _keywords(body, arguments[position + 1]) if len(arguments) > position + 1 else None
    if keywords is None or len(keywords) != sum(unit is not None for _, unit in units):
        return list(ANYTHING)
    bare = sum(not keyword for keyword in keywords)
    names = [keyword or f"arg{number}" for number, keyword in enumerate(keywords)]
    if any(keywords[:bare]) or not all(name.isidentifier() for name in names):
        return list(ANYTHING)
    return _listed(units, names, len(keywords) - bare)


def _format(source: Source, node: Node) -> str | None:
    return "" if source.spelling(node) == '""' else source.string_value(node)


def _tuple_of(body: CBody) -> str:
    """The name of the parameter that holds the arguments: the second."""
    listed = next((n for n in descendants(body.node) if n.type == "parameter_list"), None)
    given = listed.named_children if listed is not None else []
    names = [n for n in descendants(given[1]) if n.type == "identifier"] if len(given) > 1 else []
    return body.source.spelling(names[0]) if len(names) == 1 else ""


def _listed(units: list[tuple[str, _Unit | None]], names: list[str], by_keyword: int) -> list[str]:
    """The parameters; the last `by_keyword` of them have names for callers."""
    found: list[str] = []
    is_optional = False
    left = iter(names)
    count = 0
    for letter, unit in units:
        if unit is None:
            is_optional = True
            found += ["*"] if letter == "$" else []
            continue
        found.append(f"{next(left)}: {unit.type}{' = ...' if is_optional else ''}")
        count += 1
        if count == len(names) - by_keyword:
            found.append("/")
    return found


def _units(written: str) -> list[tuple[str, _Unit | None]] | None:
    """The units of a format, `|` and `$` without one; None when it holds what is not known here."""
    text = re.split(r"[:;]", written, maxsplit=1)[0]
    pieces = _FORMAT_UNIT.findall(text)
    if "".join(pieces) != text or any(piece not in _UNITS and piece not in "|$" for piece in pieces):
        return None
    return [(piece, _UNITS.get(piece)) for piece in pieces]


def _variables(body: CBody, units: list[tuple[str, _Unit | None]], taken: list[Node]) -> list[str]:
    """Names for parameters without one: those of the C variables, where these are told apart by them."""
    wanted = [unit for _, unit in units if unit is not None]
    names: list[str] = []
    position = 0
    for unit in wanted:
        last = position if unit.type.find("Buffer") >= 0 else position + unit.count - 1
        spelled = body.source.spelling(taken[last]).lstrip("&") if last < len(taken) else ""
        names.append(spelled)
        position += unit.count
    is_plain = len(set(names)) == len(names) and all(re.fullmatch(r"[a-z][a-z0-9_]*", name) for name in names)
    return names if is_plain and position == len(taken) else [f"arg{number}" for number in range(len(wanted))]


def _keywords(body: CBody, node: Node) -> list[str] | None:
    """The strings of the one array of that name in the function, up to its NULL."""
    name = next((body.source.spelling(n) for n in descendants(node) if n.type == "identifier"), "")
    found: list[list[str]] = []
    for declared in descendants(body.node):
        value = declared.child_by_field_name("value") if declared.type == "init_declarator" else None
        if value is None or value.type != "initializer_list":
            continue
        target = declared.child_by_field_name("declarator")
        if target is not None and name in [
            body.source.spelling(n) for n in descendants(target) if n.type == "identifier"
        ]:
            strings = [n for n in value.named_children if n.type == "string_literal"]
            found.append([body.source.string_value(n) or "" for n in strings])
    return found[0] if len(found) == 1 else None


def result(body: CBody | None) -> str:
    """The type of what the function returns when it does not fail."""
    types: list[str] = []
    for node in descendants(body.node) if body is not None else ():
        assert body is not None
        if node.type == "return_statement":
            value = node.named_children[0] if node.named_children else None
            types.append(_value(body, value) if value is not None else "Any")
        elif node.type == "expression_statement" and node.named_children:
            types.append(_statement(body, node.named_children[0]))
    distinct = list(dict.fromkeys(name for name in types if name))
    if not distinct or "Any" in distinct:
        return "Any"
    return " | ".join(sorted(distinct, key=lambda name: (name == "None", name)))


def _value(body: CBody, node: Node) -> str:
    """The type of a returned expression; empty for a failure."""
    while node.type in ("parenthesized_expression", "cast_expression"):
        node = node.named_children[-1]
    if node.type == "conditional_expression":
        sides = [node.child_by_field_name(name) for name in ("consequence", "alternative")]
        kinds = {_value(body, side) if side is not None else "Any" for side in sides} - {""}
        return kinds.pop() if len(kinds) == 1 else "Any" if kinds else ""
    spelled = body.source.spelling(node)
    if spelled in _FAILURES or spelled.startswith("PyErr_"):
        return ""
    if node.type != "call_expression":
        return "Any"
    return next((made for maker, made in _MAKERS.items() if spelled.startswith(maker)), "Any")


def _statement(body: CBody, node: Node) -> str:
    """What a macro that stands as a statement returns; "Any" when its name leaves that open."""
    function = node.child_by_field_name("function") if node.type == "call_expression" else node
    name = body.source.spelling(function) if function is not None else ""
    return _MACROS.get(name) or ("Any" if _HIDING.fullmatch(name) else "")


def _calls(body: CBody, names: tuple[str, ...]) -> Iterator[tuple[str, list[Node]]]:
    for node in descendants(body.node):
        if node.type != "call_expression":
            continue
        function, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
        name = body.source.spelling(function) if function is not None else ""
        if arguments is not None and name in names:
            yield name, [child for child in arguments.named_children if child.type != "comment"]
