"""The truth of last resort: what installed headers declare, for functions of libraries without sources and debug
information."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from gnomon.analysis.boundary.binding import Binding, Span
from gnomon.analysis.boundary.header_files import C_LIBRARIES, STANDARD, Included, included
from gnomon.analysis.metamodel import Alias, Pointer, Qualified, Record, Type, record_name
from gnomon.analysis.syntax.csource import CFunction, CVariable, SourceFacts

# A C text, the names wanted of what it includes, and folders to look for headers in.
Declarations = Callable[[str, Sequence[str], Sequence[str]], SourceFacts]


class Headers:
    """Remembers what it has asked for: headers are installed once, and parsing all of them takes a while."""

    def __init__(self, declarations: Declarations, python: Sequence[str] = ()) -> None:
        """`python` are the folders of Python's own headers."""
        self._declarations = declarations
        self._python = tuple(python)
        self._known: dict[tuple[str, str], CFunction | None] = {}  # by library and name; lives as long as self
        self._including: dict[str, Included] = {}
        self._records: dict[str, dict[str, Record | None]] = {}  # by library and name
        self._variables: dict[tuple[str, str], CVariable | None] = {}

    def applied(self, bindings: Sequence[Binding]) -> tuple[Binding, ...]:
        """The edges, with the types of headers where nothing better was known. Each library has its own headers."""
        wanted: dict[str, set[str]] = {}
        for binding in bindings:
            key = (_stem(binding), binding.native)
            if _is_open(binding) and key not in self._known:
                wanted.setdefault(key[0], set()).add(binding.native)
        for stem, names in wanted.items():
            self._known.update({(stem, name): None for name in names})
            for function in self._asked(stem, sorted(names)).functions:
                if function.name in names:
                    self._known[stem, function.name] = function
        return tuple(_declared(b, self._known.get((_stem(b), b.native))) for b in bindings)

    def record(self, binding: Binding, name: str) -> Record | None:
        """The struct or union of that tag or typedef in the headers of a function's library, with its members."""
        stem = _stem(binding)
        records = self._records.setdefault(stem, {})
        if name not in records:  # parsing headers takes long: all that the library's functions speak of at once
            wanted = {name, *self._spoken_of(stem)} - records.keys()
            records.update(dict.fromkeys(wanted))
            for type_ in self._asked(stem, sorted(wanted)).types:
                if isinstance(type_, Record) and type_.name in wanted and type_.members is not None:
                    records[type_.name] = records[type_.name] or type_
        return records[name]

    def _spoken_of(self, stem: str) -> set[str]:
        """The structs and unions that known functions of a library take or give."""
        known = [function.type for (of, _), function in self._known.items() if of == stem and function is not None]
        types = [t for f in known if f is not None for t in (f.result, *(parameter.type for parameter in f.parameters))]
        return {name for type_ in types if (name := record_name(_behind_pointers(type_)))}

    def variable(self, library: str, name: str) -> CVariable | None:
        """A variable that the headers of a library declare."""
        key = (_stem_of(library), name)
        if key not in self._variables:
            found = self._asked(key[0], [name]).variables
            self._variables[key] = next((variable for variable in found if variable.name == name), None)
        return self._variables[key]

    def _asked(self, stem: str, names: Sequence[str]) -> SourceFacts:
        if stem not in self._including:
            self._including[stem] = included(stem, self._python)
        known = self._including[stem]
        facts = SourceFacts("")
        for text in known.texts:
            facts = self._declarations(text, names, known.folders)
            if not any(diagnostic.severity in ("error", "fatal") for diagnostic in facts.diagnostics):
                break  # headers that do not belong together may declare what no library has
        return facts


@dataclass(slots=True)
class Remembered:
    """Declarations of texts, asked for again and again while other texts change; the oldest answers go first."""

    declarations: Declarations
    most: int = 64
    _known: dict[tuple[str, tuple[str, ...], tuple[str, ...]], SourceFacts] = field(default_factory=dict)

    def __call__(self, text: str, names: Sequence[str] = (), folders: Sequence[str] = ()) -> SourceFacts:
        key = (text, tuple(names), tuple(folders))
        if key not in self._known:
            if len(self._known) >= self.most:
                del self._known[next(iter(self._known))]
            self._known[key] = self.declarations(text, names, folders)
        return self._known[key]


def _behind_pointers(type_: Type) -> Type:
    name: Type = type_
    while isinstance(name, Alias | Qualified | Pointer):
        inner = name.target
        if isinstance(name, Alias) and not isinstance(inner, Alias | Qualified | Pointer):
            return name  # the typedef may be the only name of what it stands for
        name = inner
    return name


def _is_open(binding: Binding) -> bool:
    return binding.kind in ("ctypes", "cffi") and binding.truth == "none" and bool(_stem(binding))


def _declared(binding: Binding, function: CFunction | None) -> Binding:
    if function is None or not _is_open(binding):
        return binding
    end = function.column + len(function.name.encode())
    place = Span(function.path, function.line, function.column, function.line, end)
    return replace(binding, truth="header", signature=function.signature, type=function.type, definition=place)


def _stem(binding: Binding) -> str:
    """By the library's file; where that is computed, by the variable: "magic" of `libmagic = load()`, "cairo" of
    `cairo = load()`."""
    if binding.library:
        return _stem_of(binding.library)
    holder = binding.python.rsplit(".", 2)
    name = holder[1].lstrip("_") if len(holder) == 3 else ""
    if name.startswith("lib"):
        return name.removeprefix("lib")
    return "" if name in C_LIBRARIES or name in STANDARD else name


def _stem_of(library: str) -> str:
    """ "usb-1.0" of "libusb-1.0.so.0"."""
    return re.split(r"\.(?:so|dylib|dll)\b", Path(library).name)[0].removeprefix("lib")
