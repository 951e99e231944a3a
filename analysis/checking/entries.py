"""From bindings to entries: the histories of calls by which Python, or the shell, reaches C.

- ctypes: a bound function with declared argtypes. Integers, floats and strings are free. A pointer to a structure that
  only the library knows is a *handle*: it comes from a constructor, a bound function that returns that type and takes
  no handle itself. What a caller would have to keep true (a pointer with its length) is not free, so such functions
  are no entries.
- C API: see capi_entries.py.
- `main`.

Histories are short: a constructor, at most one call between, and the call that is checked. A call between that changes
no memory leads nowhere new, and one that may free the handle leads to the caller's own mistakes: neither is tried.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from gnomon.analysis.boundary.binding import Binding, DeclaredType
from gnomon.analysis.checking.entry import (
    Argument,
    BytesArgument,
    Entry,
    EntryStep,
    FloatArgument,
    IntegerArgument,
    NoEntry,
    ResultArgument,
)
from gnomon.analysis.syntax.csource import CFunction


@dataclass(frozen=True, slots=True)
class CSignature:
    """The types of a C function as text, without spaces around stars: "struct ring *"."""

    result: str
    parameters: tuple[str, ...]
    names: tuple[str, ...]


@lru_cache(maxsize=1 << 16)
def parse_signature(text: str) -> CSignature | None:
    """Splits "int f(struct ring *r, const char *s)"; None for shapes with function pointers or arrays."""
    match = re.fullmatch(r"\s*(?P<result>.*?[\s*])(?P<name>\w+)\s*\((?P<parameters>.*)\)\s*", text, re.S)
    if match is None or "(" in match["parameters"] or "[" in match["parameters"]:
        return None
    types, names = [], []
    inside = match["parameters"].strip()
    for parameter in inside.split(",") if inside not in ("", "void") else []:
        declarator = re.fullmatch(r"\s*(?P<type>.*?[\s*])(?P<name>\w+)\s*", parameter, re.S)
        if declarator is None:
            return None
        types.append(_plain(declarator["type"]))
        names.append(declarator["name"])
    return CSignature(_plain(match["result"]), tuple(types), tuple(names))


def _plain(type_text: str) -> str:
    words = re.sub(r"\b(const|volatile|restrict|extern|static|inline|struct)\b", " ", type_text)
    return re.sub(r"\s*\*\s*", "*", " ".join(words.split()))


def main_entries(functions: Iterable[CFunction]) -> list[Entry]:
    """`main` of each program of the workspace."""
    return [
        Entry("main", "main", (EntryStep(f.key, (), "main"),), sources=(f.path,))
        for f in functions
        if f.name == "main" and f.is_definition and f.is_lowered
    ]


def declared(functions: Iterable[CFunction], names: Collection[str]) -> tuple[tuple[str, ...], list[str]]:
    """The keys of the functions that the sources, or these names of the configuration, say may be called with anything;
    and a problem for each name that no function has."""
    defined = [f for f in functions if f.is_definition and f.name != "main"]
    keys = tuple(dict.fromkeys(f.key for f in defined if f.is_entry or f.name in names))
    known = {f.name for f in defined}
    return keys, [
        f"pyproject.toml: [tool.gnomon] `entries`: there is no C function {n}" for n in names if n not in known
    ]


def declared_entries(functions: Iterable[CFunction], keys: Collection[str]) -> list[Entry]:
    return [
        Entry(f.name, "function", (EntryStep(f.key, (), f.name),), sources=(f.path,), takes_anything=True)
        for f in functions
        if f.key in keys and f.is_definition and f.is_lowered
    ]


# ctypes


def ctypes_entries(
    bindings: Sequence[Binding],
    functions: Sequence[CFunction],
    changes: Callable[[Entry], bool],
    ends_handle: Callable[[Entry], bool],
) -> tuple[list[Entry], list[NoEntry]]:
    """Entries of the functions that one library binds; `functions` are those of its sources.

    Both questions are asked of a constructor and a call. May the call change memory that the next one sees? May it free
    the handle? Nothing may follow it then: a handle used after its destructor is the caller's mistake.
    """
    by_key = {f.key: f for f in functions if f.is_definition}
    calls: list[_Call] = []
    refused: list[NoEntry] = []
    for binding in bindings:
        function = by_key.get(binding.native_key)
        if function is None or not function.is_lowered:
            continue
        call = _ctypes_call(binding, function)
        if isinstance(call, NoEntry):
            refused.append(call)
        else:
            calls.append(call)
    constructors = [c for c in calls if not c.handles and c.signature.result.endswith("*") and not _is_string(c)]
    between = [c for c in calls if len(c.handles) == 1 and _may_stand_between(c, constructors, changes, ends_handle)]
    entries = [entry for call in calls for entry in _histories(call, between, constructors)]
    reached = {entry.steps[-1].function for entry in entries}
    refused += [
        NoEntry(c.function.key, f"no function makes its {c.handles[0][1]}")
        for c in calls
        if c.function.key not in reached
    ]
    return entries, refused


@dataclass(frozen=True, slots=True)
class _Call:
    binding: Binding
    function: CFunction
    signature: CSignature
    arguments: tuple[Argument | None, ...]  # None: a handle
    handles: tuple[tuple[int, str], ...]  # position and C type


def _is_string(call: _Call) -> bool:
    return call.signature.result in ("char*", "unsigned char*") or (
        call.binding.restype is not None and call.binding.restype.kind == "string"
    )


def _ctypes_call(binding: Binding, function: CFunction) -> _Call | NoEntry:
    signature = parse_signature(function.signature)
    if signature is None:
        return NoEntry(function.key, "its parameters are not modelled")
    if binding.argtypes is None:
        return NoEntry(function.key, "no argtypes are declared")
    if len(binding.argtypes) != len(signature.parameters):
        return NoEntry(function.key, "its argtypes do not match its parameters")
    arguments: list[Argument | None] = []
    handles = []
    for position, (declared, native, name) in enumerate(
        zip(binding.argtypes, signature.parameters, signature.names, strict=True)
    ):
        argument = _ctypes_argument(declared, native, name)
        if isinstance(argument, str):
            return NoEntry(function.key, argument)
        if argument is None:
            handles.append((position, native))
        arguments.append(argument)
    return _Call(binding, function, signature, tuple(arguments), tuple(handles))


def _ctypes_argument(declared: DeclaredType, native: str, name: str) -> Argument | str | None:
    """The free input of a parameter; None for a handle; the reason when there is none."""
    match declared.kind:
        case "integer":
            return IntegerArgument(name, declared.bits, declared.signed)
        case "float":
            return FloatArgument(name, declared.bits or 64)
        case "string" if native == "char*":
            return BytesArgument(name)
        case "pointer" | "structure" if re.fullmatch(r"\w+\*", native) and native not in _SCALAR_POINTERS:
            return None
        case "callback":
            return f"callbacks are not modelled ({name})"
        case _:
            return f"what {name} points to is the caller's to keep ({declared.text})"


_SCALAR_POINTERS = frozenset(
    f"{base}*"
    for base in (
        "void", "char", "short", "int", "long", "float", "double", "unsigned", "size_t", "int8_t", "uint8_t", "int16_t",
        "uint16_t", "int32_t", "uint32_t", "int64_t", "uint64_t", "ssize_t", "intptr_t", "uintptr_t",
    )
)  # fmt: skip


def _may_stand_between(
    call: _Call,
    constructors: Sequence[_Call],
    changes: Callable[[Entry], bool],
    ends_handle: Callable[[Entry], bool],
) -> bool:
    makers = [c for c in constructors if c.signature.result == call.handles[0][1]]
    entries = [_ctypes_entry([(maker, ()), (call, (0,))]) for maker in makers]
    return any(changes(entry) for entry in entries) and not any(ends_handle(entry) for entry in entries)


def _histories(call: _Call, between: Sequence[_Call], constructors: Sequence[_Call]) -> Iterator[Entry]:
    if not call.handles:
        yield _ctypes_entry([(call, ())])
        return
    makers = [[c for c in constructors if c.signature.result == native] for _, native in call.handles]
    for made in product(*makers):
        before = [(maker, ()) for maker in made]
        results = tuple(range(len(made)))
        yield _ctypes_entry([*before, (call, results)])
        if len(made) != 1:
            continue
        for other in between:
            if other.handles[0][1] == call.handles[0][1]:
                yield _ctypes_entry([*before, (other, (0,)), (call, (0,))])


def _ctypes_entry(history: Sequence[tuple[_Call, tuple[int, ...]]]) -> Entry:
    steps = []
    for position, (call, results) in enumerate(history):
        remaining = iter(results)
        arguments = tuple(ResultArgument(next(remaining)) if a is None else a for a in call.arguments)
        makes_handle = position < len(history) - 1 and not call.handles
        steps.append(EntryStep(call.function.key, arguments, f"lib.{call.function.name}", stop_if_null=makes_handle))
    last = history[-1][0].binding
    sources = tuple(dict.fromkeys(call.function.path for call, _ in history))
    return Entry(last.python, "ctypes", tuple(steps), last.python.rsplit(".", 2)[0], last.library, sources)
