"""Texts of types that an FFI object is given: their names, and what cffi does with such a type."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gnomon.analysis.boundary.cffi_types import CffiTyped
from gnomon.analysis.contracts.c_values import bare
from gnomon.analysis.contracts.cffi_declared import Declared, declared_interfaces
from gnomon.analysis.contracts.cffi_initial import Opened, literal_value, refused_value
from gnomon.analysis.contracts.contradiction import Contradiction, Declarations, Subject
from gnomon.analysis.contracts.python_calls import Calls, PythonCall
from gnomon.analysis.metamodel import Alias, Array, FunctionType, Pointer, Record, Type, Void, spell

_WORD = re.compile(r"[^\W\d]\w*")
_KEYWORDS = frozenset({
    "void", "char", "short", "int", "long", "float", "double", "signed", "unsigned", "const", "volatile", "restrict",
    "struct", "union", "enum", "bool", "FILE", "wchar_t", "char16_t", "char32_t", "size_t", "ssize_t", "ptrdiff_t",
})  # fmt: skip
_FIXED = re.compile(r"u?int(?:_least|_fast)?(?:8|16|32|64)_t|u?int(?:ptr|max)_t|_[A-Z_]\w*|_cffi_\w+|[A-Z0-9_]+")
_BEFORE = frozenset({"const", "volatile", "restrict", "static", "extern"})
_INNER = re.compile(r"\(\s*\*[\s*]*(?:const\s*)?")  # what stands before the name of a pointer to a function or array
_UNUSUAL = re.compile(r"[#;{}]|\.\.\.(?!\s*\))")
_NAMED = "_gnomon_type_"


@dataclass(frozen=True, slots=True)
class NamedType:
    """A type that Python names, as the compiler's reader understands it."""

    typed: CffiTyped
    type: Type


def check(subject: Subject) -> Iterator[Contradiction]:
    """Texts of types in `ffi.new`, `ffi.cast`, `ffi.sizeof` and their like that name a type which no `cdef` declares;
    `ffi.new` of what is no pointer or array, or of a structure that is never opened; values to begin with that cffi
    refuses; `ffi.cast` to a structure; and callbacks that take another number of arguments than C gives them.

    Nothing is said where a part of the `cdef` is not known, nor inside `try`, nor of names of Windows.

    Example: `ffi.new("struct sampel *")` for `struct sample { int value; };`
    """
    calls = Calls(subject)
    for declared in declared_interfaces(subject):
        if not declared.interface.is_whole or not declared.interface.typed:
            continue
        for typed in declared.interface.typed:
            unknown = _unknown_name(declared, typed)
            if unknown and not calls.is_guarded(typed.name):
                text = f"`{typed.text}` in `ffi.{typed.method}`: no `cdef` declares `{unknown}`"
                yield Contradiction("contract.symbol", text, typed.place, unknown)
        for named in understood(declared, subject.declarations):
            if _unknown_name(declared, named.typed):
                continue
            call = calls.around(named.typed.name)
            if call is not None and not call.is_guarded:
                yield from _used(declared, named, call)
            if named.typed.method == "callback" and not calls.is_guarded(named.typed.name):
                yield from _called_back(named)


def _unknown_name(declared: Declared, typed: CffiTyped) -> str:
    """The name of a type that stands nowhere in the text of the declarations, so that nothing there can declare it."""
    known = set(_WORD.findall(declared.interface.text))
    for segment in re.split(r"[(),]", typed.text):  # a type, and perhaps the name of a parameter
        words = [match[0] for match in _WORD.finditer(segment)]
        words = words[next((i for i, word in enumerate(words) if word not in _BEFORE), len(words)) :]
        is_tag = words[:1] in (["struct"], ["union"], ["enum"])
        name = words[1] if is_tag and len(words) > 1 else words[0] if words else ""
        if not name or name in known or name in _KEYWORDS or _FIXED.fullmatch(name):
            continue
        if not is_tag or typed.is_out_of_line:  # of itself cffi takes any tag for a type that is opened later
            return name
    return ""


def _is_redefined(declared: Declared, typed: CffiTyped) -> bool:
    """Does the text give a name that cffi knows by itself another meaning?"""
    own = {word for word in _WORD.findall(typed.text) if word in ("FILE", "bool") or word.endswith("_t")}
    return any(re.search(rf"typedef\b[^;(){{}}]*\b{word}\s*[;,\[]", declared.interface.text) for word in own)


def understood(declared: Declared, declarations: Declarations | None) -> Iterator[NamedType]:
    """The types in texts that a C compiler understands behind the declarations."""
    listed = declared.interface.typed
    if declarations is None or not listed:
        return
    begin = declared.text.count("\n") + 2
    names = "".join(f"typedef {declaration(typed.text, _NAMED + str(n))};\n" for n, typed in enumerate(listed))
    facts = declarations(f"{declared.text}\n{names}")
    wrong = {d.line for d in facts.diagnostics if d.severity in ("error", "fatal")}
    types = {alias.name: alias.target for alias in facts.types if isinstance(alias, Alias)}
    for number, typed in enumerate(listed):
        type_ = types.get(f"{_NAMED}{number}")
        if type_ is not None and begin + number not in wrong and not _is_redefined(declared, typed):
            yield NamedType(typed, type_)


def declaration(text: str, name: str) -> str:
    """The declaration of a name with a type: `int (*name)(int)`. Of a text that is no type, a declaration of nothing
    that is looked at."""
    line = " ".join(text.split())
    if _UNUSUAL.search(line) or line.count("(") != line.count(")") or line.count("[") != line.count("]"):
        return f"int _no{name}"
    inner = _INNER.search(line)
    while inner is not None and (deeper := _INNER.match(line, inner.end())):
        inner = deeper
    at = inner.end() if inner is not None else next((i for i, c in enumerate(line) if c in "(["), len(line))
    return f"{line[:at]} {name}{line[at:]}"


def _used(declared: Declared, named: NamedType, call: PythonCall) -> Iterator[Contradiction]:
    typed, actual, opened = named.typed, bare(named.type), Opened(declared)
    if typed.method == "cast" and isinstance(actual, Record | Void):
        text = f"`{typed.text}` in `ffi.cast`: cffi casts to numbers and pointers only"
        yield Contradiction("contract.argtypes", text, typed.place, typed.text)
    if typed.method != "new":
        return
    if not isinstance(actual, Pointer | Array) or isinstance(bare(_target(actual)), FunctionType):
        text = f"`{typed.text}` in `ffi.new` is `{spell(actual)}`: cffi makes what a pointer points to, and arrays"
        yield Contradiction("contract.argtypes", text, typed.place, typed.text)
        return
    target = bare(_target(actual))
    if isinstance(target, Void) or (isinstance(target, Record) and opened.is_opaque(target)):
        text = f"`{typed.text}` in `ffi.new`: the size of `{_shown(target)}` is not known"
        yield Contradiction("contract.layout", text, typed.place, typed.text)
        return
    value = call.values[1] if call.is_complete and len(call.values) == 2 else None
    literal = literal_value(value.text) if value is not None else None
    if value is None or literal is None:
        return
    why = refused_value(literal[0], actual if isinstance(actual, Array) else _target(actual), opened)
    if why:
        text = f"`{value.text}` for `{typed.text}` in `ffi.new`: {why}"
        yield Contradiction("contract.argtypes", text, value.at, typed.text)


def _target(type_: Pointer | Array) -> Type:
    return type_.target if isinstance(type_, Pointer) else type_.element


def _shown(type_: Type) -> str:
    return spell(type_).replace("struct _opaque_", "")


def _called_back(named: NamedType) -> Iterator[Contradiction]:
    actual, taken = bare(named.type), named.typed.function
    function = bare(actual.target) if isinstance(actual, Pointer) else actual
    if not isinstance(function, FunctionType):
        text = f"`{named.typed.text}` in `ffi.callback` is no function"
        yield Contradiction("contract.callback", text, named.typed.place, named.typed.text)
        return
    given = len(function.parameters)
    count = taken.misfit(given) if taken is not None and not function.is_variadic else None
    if count is not None:
        text = f"the function takes {_counted(count)}, and C calls `{named.typed.text}` with {given}"
        yield Contradiction("contract.callback", text, named.typed.place, named.typed.text)


def _counted(count: int) -> str:
    return "no arguments" if count == 0 else "1 argument" if count == 1 else f"{count} arguments"
