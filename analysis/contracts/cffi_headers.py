"""What a `cdef` declares, against the C code of `set_source` and the headers that it includes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from gnomon.analysis.boundary.binding import Span
from gnomon.analysis.boundary.cffi_source import CffiSource
from gnomon.analysis.checking.finding import Tier
from gnomon.analysis.contracts.c_difference import difference, is_number_wider, is_truth
from gnomon.analysis.contracts.c_values import bare, is_float, is_integer, passed
from gnomon.analysis.contracts.cffi_declared import Declared, called_through, declared_interfaces
from gnomon.analysis.contracts.contradiction import Contradiction, Declarations, Subject
from gnomon.analysis.contracts.layout_difference import size_in_bytes
from gnomon.analysis.metamodel import Array, Enumeration, FunctionType, Pointer, Record, Type, Void, spell
from gnomon.analysis.syntax.csource import CFunction, SourceFacts

_CONSTANT = "_gnomon_constant_"
_DEPTH_BOUND = 8  # structures in structures
_LEFT_OPEN = re.compile(r"\.\.\.")


@dataclass(frozen=True, slots=True)
class _Truth:
    """What the C code declares, and the values of constants on both sides."""

    functions: dict[str, CFunction]
    records: dict[str, Record]
    values: dict[str, int]
    declared_values: dict[str, int]


def check(subject: Subject) -> Iterator[Contradiction]:
    """Constants, structures and functions of a `cdef` that the C code of `set_source`, with the headers it includes,
    has otherwise: another value, a field at another place, another size, another number of parameters, a number where
    C has a pointer, a number that C cuts.

    cffi and the C compiler find most of them, too: when the module is built, or when the name is first used. What the
    text leaves to them (`...`) is not looked at, nor a structure that is only named, nor code whose headers are not
    found here, nor a `cdef` that is made by conditions.

    Example: `ffi.cdef("#define LIMIT 5")` for `#define LIMIT 6`.
    """
    for declared in declared_interfaces(subject):
        source = declared.interface.source
        if source is None or not source.code or subject.declarations is None:
            continue
        truth = _truth(subject, declared, source, subject.declarations)
        if truth is not None:
            yield from _constants(declared, truth)
            yield from _structures(declared, truth)
            yield from _functions(subject, declared, truth)


def _truth(subject: Subject, declared: Declared, source: CffiSource, declarations: Declarations) -> _Truth | None:
    interface = declared.interface
    constants = list(dict.fromkeys(name for name, _ in interface.constants))
    names = [*(d.name for d in interface.declarations), *(name for name, _ in interface.types)]
    # Headers are no part of the text that is asked about: with their versions it is another text when one changes.
    versions = hash(tuple((path, subject.snapshot.version(path)) for path in subject.snapshot.headers))
    code = f"{source.code}\n// {versions}\n"
    folders = tuple(_folders(source, subject.snapshot.root))
    facts = declarations(f"{code}{_asking(constants)}", tuple(dict.fromkeys(names)), folders)
    errors = {d.line for d in facts.diagnostics if d.severity in ("error", "fatal")}
    if any(line <= code.count("\n") for line in errors) or any(d.severity == "fatal" for d in facts.diagnostics):
        return None
    mine = declarations(f"{declared.text}\n{_asking(constants)}")
    return _Truth(
        {function.name: function for function in facts.functions},
        {t.name: t for t in facts.types if isinstance(t, Record) and t.name and t.members is not None},
        _values(facts, constants, code.count("\n")),
        _values(mine, constants, declared.text.count("\n") + 1),
    )


def _folders(source: CffiSource, root: Path) -> Iterator[str]:
    """Where headers may be: the folders as written, seen from the project and from the Python file, and these two."""
    for start in dict.fromkeys([root, Path(source.path).parent]):
        yield from (str(start / folder) for folder in (*source.folders, "") if (start / folder).is_dir())


def _asking(constants: Sequence[str]) -> str:
    """A type for each name that has its value; a line for each, so that an error concerns one only."""
    return "".join(f"enum {_CONSTANT}{n} {{ {_CONSTANT}value_{n} = ({name}) }};\n" for n, name in enumerate(constants))


def _values(facts: SourceFacts, constants: Sequence[str], lines: int) -> dict[str, int]:
    wrong = {d.line for d in facts.diagnostics if d.severity in ("error", "fatal")}
    found = {t.name: t.values[0][1] for t in facts.types if isinstance(t, Enumeration) and len(t.values) == 1}
    asked = {name: f"{_CONSTANT}{n}" for n, name in enumerate(constants) if lines + n + 1 not in wrong}
    return {name: found[type_] for name, type_ in asked.items() if type_ in found}


def _constants(declared: Declared, truth: _Truth) -> Iterator[Contradiction]:
    for name, place in declared.interface.constants:
        mine, actual = truth.declared_values.get(name), truth.values.get(name)
        if mine is not None and actual is not None and mine != actual:
            yield Contradiction("contract.layout", f"`{name}` is {mine}, and {actual} in C", place, name)


def _structures(declared: Declared, truth: _Truth) -> Iterator[Contradiction]:
    for name, place in declared.interface.types:
        mine, actual = _closed(declared, name), truth.records.get(name)
        why = _other_layout(mine, actual) if mine is not None and actual is not None else ""
        if why:
            yield Contradiction("contract.layout", why, place, name)


def _closed(declared: Declared, name: str, depth: int = 0) -> Record | None:
    """The one structure of that name whose text leaves nothing open, in none of its members either."""
    found = [t for t in declared.types if isinstance(t, Record) and t.name == name and t.members]
    body = _body(declared.interface.text, name)
    if len(found) != 1 or not body or _LEFT_OPEN.search(body) or depth > _DEPTH_BOUND:
        return None
    return found[0] if all(_is_known(declared, m.type, depth) for m in found[0].members or ()) else None


def _is_known(declared: Declared, type_: Type, depth: int) -> bool:
    """Does the text say how large a member is?"""
    plain = bare(type_)
    while isinstance(plain, Array):
        plain = bare(plain.element)
    if isinstance(plain, Record):
        return _closed(declared, plain.name, depth + 1) is not None
    return isinstance(plain, Pointer) or is_float(plain) or (is_integer(plain) and not isinstance(plain, Enumeration))


def _body(text: str, name: str) -> str:
    """Of the one structure that a text opens under a name; empty where there is none, or it holds another."""
    tagged = re.findall(rf"\b(?:struct|union)\s+{name}\s*\{{([^{{}}]*)\}}", text)
    named = re.findall(rf"\b(?:struct|union)\s*\w*\s*\{{([^{{}}]*)\}}\s*{name}\s*;", text)
    bodies = [*tagged, *named]
    return bodies[0] if len(bodies) == 1 else ""


def _other_layout(mine: Record, actual: Record) -> str:
    """Why cffi refuses the structure: it compares the size, and each field that is declared, by its name."""
    true = {member.name: member for member in actual.members or ()}
    listed = mine.members or ()
    if any(m.bit_size or not m.name.isidentifier() for m in (*listed, *true.values())):
        return ""
    for member in listed:
        other = true.get(member.name)
        if other is None:
            return f"`{mine.name}` has no field `{member.name}` in C"
        if member.offset != other.offset:
            return f"field `{member.name}` of `{mine.name}` is at byte {member.offset}, and at byte {other.offset} in C"
        sizes = size_in_bytes(member.type), size_in_bytes(other.type)
        if None not in sizes and sizes[0] != sizes[1]:
            return f"field `{member.name}` of `{mine.name}` has {sizes[0]} bytes, and {sizes[1]} in C"
    return f"`{mine.name}` has {mine.size} bytes, and {actual.size} in C" if mine.size != actual.size else ""


def _functions(subject: Subject, declared: Declared, truth: _Truth) -> Iterator[Contradiction]:
    compared = {b.native for b, _, _ in called_through(subject, declared) if b.type is not None}
    names = [d.name for d in declared.interface.declarations]
    for declaration in declared.interface.declarations:
        name, place = declaration.name, declaration.place
        mine, function = declared.functions.get(name), truth.functions.get(name)
        if mine is None or function is None or function.type is None or names.count(name) > 1 or declaration.is_python:
            continue
        end = function.column + len(name.encode())
        at = Span(function.path, function.line, function.column, function.line, end) if function.path else None
        for code, text, tier in _differences(name, mine, function.type, name in compared):
            yield Contradiction(code, text, place, name, truth=at, tier=tier)


def _differences(
    name: str, mine: FunctionType, true: FunctionType, is_compared: bool
) -> Iterator[tuple[str, str, Tier]]:
    if mine.is_variadic or true.is_variadic:
        return
    counts = len(mine.parameters), len(true.parameters)
    if counts[0] != counts[1]:
        text = f"`{name}` is declared with {_counted(counts[0])}, and the function takes {counts[1]}"
        yield "contract.argtypes", text, "error"
        return
    for number, (one, other) in enumerate(zip(mine.parameters, true.parameters, strict=True), 1):
        why, tier = _other_value(one.type, other.type, is_number_wider(other.type, one.type))
        if why:
            shown = f" `{other.name}`" if other.name else ""
            code = "contract.callback" if "function pointed to" in why else "contract.argtypes"
            yield code, f"argument {number}{shown} of `{name}`: {why}", tier
    if isinstance(bare(mine.result), Void) or is_truth(mine.result):
        return
    if isinstance(bare(true.result), Void):
        text = f"result of `{name}`: `{spell(mine.result)}` is declared, and the function returns nothing"
        yield "contract.restype", text, "error"
        return
    why, _ = _other_value(mine.result, true.result, is_number_wider(mine.result, true.result))
    if why and not is_compared:
        yield "contract.restype", f"result of `{name}`: {why}", "error"


def _other_value(mine: Type, true: Type, is_cut: bool) -> tuple[str, Tier]:
    """C converts numbers to each other in silence, and cuts them. A union may take a pointer for one of its members; a
    structure may stand for a type that is left open."""
    one, other = passed(mine), passed(true)
    if isinstance(one, Record) or isinstance(other, Record):
        return "", "error"
    if (is_integer(one) or is_float(one)) and (is_integer(other) or is_float(other)):
        return (difference(mine, true), "warning") if is_cut else ("", "warning")
    return difference(mine, true), "error"


def _counted(count: int) -> str:
    return "1 parameter" if count == 1 else f"{count} parameters"
