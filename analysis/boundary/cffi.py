"""Edges made with cffi: functions that a `cdef` declares and Python calls through a library object.

A library object is what `ffi.dlopen` gives (ABI mode), or `lib` of a module that `set_source` names (API mode).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from gnomon.analysis.boundary.binding import Binding, Span
from gnomon.analysis.boundary.cffi_source import CffiSource, read_source
from gnomon.analysis.boundary.cffi_text import CffiDeclaration, CffiPiece, known_text, pieces
from gnomon.analysis.boundary.cffi_types import TYPED, CffiTyped, typed_call
from gnomon.analysis.boundary.libraries import library_of
from gnomon.analysis.boundary.names import Names
from gnomon.analysis.boundary.parameters import parameters_of
from gnomon.analysis.boundary.values import External, Made
from gnomon.analysis.syntax.python import Scope
from gnomon.analysis.syntax.tree import Source
from tree_sitter import Node

_METHODS = frozenset({"cdef", "include", "set_source", "verify", "def_extern", "dlopen"})


@dataclass(frozen=True, slots=True)
class CffiUse:
    """`lib.f`. `holder` is dotted: "m.lib" of a dlopen in module m, "_x.lib" of an out-of-line module.

    `ffi` is the key of the FFI object that knows the declarations, or the out-of-line module; empty when unknown.
    """

    holder: str
    name: str
    place: Span
    library: str = ""
    is_opened: bool = False
    ffi: str = ""


@dataclass(frozen=True, slots=True)
class CffiPythonFunction:
    """A function below `@ffi.def_extern()`; `maximum` is None with `*args`."""

    ffi: str
    name: str
    place: Span
    minimum: int
    maximum: int | None


@dataclass(frozen=True, slots=True)
class CffiUses:
    """What one Python module says of cffi. FFI objects have keys: where they are made, or their module."""

    cdefs: tuple[tuple[str, tuple[CffiPiece | None, ...]], ...] = ()  # None: a part that is computed
    opened: tuple[tuple[str, str], ...] = ()  # libraries by `dlopen`
    includes: tuple[tuple[str, str], ...] = ()
    uses: tuple[CffiUse, ...] = ()
    sources: tuple[CffiSource, ...] = ()
    verified: tuple[str, ...] = ()  # compiled on the spot by `ffi.verify`
    python_functions: tuple[CffiPythonFunction, ...] = ()
    typed: tuple[CffiTyped, ...] = ()
    unknown: tuple[Span, ...] = ()  # texts that are given to an FFI object which is not known
    unsure: tuple[str, ...] = ()  # FFI objects with a text that may not be read, or is packed


@dataclass(frozen=True, slots=True)
class CffiInterface:
    """All that one FFI object declares, what it includes first."""

    key: str
    text: str
    is_whole: bool  # no part of the text is computed, or may be given elsewhere
    is_abi: bool  # no C compiler ever sees the text
    declarations: tuple[CffiDeclaration, ...]
    types: tuple[tuple[str, Span], ...] = ()  # tags and typedefs, and where they are defined
    python_functions: tuple[CffiPythonFunction, ...] = ()
    typed: tuple[CffiTyped, ...] = ()
    constants: tuple[tuple[str, Span], ...] = ()  # macros and values of enumerations, and where they are defined
    source: CffiSource | None = None  # the C code that a compiler sees


@dataclass(slots=True)
class _Gathered:
    cdefs: list[tuple[str, tuple[CffiPiece | None, ...]]] = field(default_factory=list)
    opened: list[tuple[str, str]] = field(default_factory=list)
    includes: list[tuple[str, str]] = field(default_factory=list)
    uses: list[CffiUse] = field(default_factory=list)
    sources: list[CffiSource] = field(default_factory=list)
    verified: list[str] = field(default_factory=list)
    python_functions: list[CffiPythonFunction] = field(default_factory=list)
    typed: list[CffiTyped] = field(default_factory=list)
    unknown: list[Span] = field(default_factory=list)
    unsure: list[str] = field(default_factory=list)


def read_cffi(found: Iterable[tuple[Node, Scope]], names: Names) -> CffiUses:
    """Gathers from the calls and attributes of a module."""
    said = _Gathered()
    for node, scope in found:
        if node.type == "attribute":
            said.uses += _use(node, scope, names)
        else:
            _called(node, scope, names, said)
    return CffiUses(
        tuple(said.cdefs),
        tuple(said.opened),
        tuple(said.includes),
        tuple(said.uses),
        tuple(said.sources),
        tuple(said.verified),
        tuple(said.python_functions),
        tuple(said.typed),
        tuple(said.unknown),
        tuple(said.unsure),
    )


def _called(node: Node, scope: Scope, names: Names, said: _Gathered) -> None:
    """`ffi.cdef`, `ffi.set_source` and what else makes an FFI object know something."""
    function, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
    if function is None or arguments is None or function.type != "attribute":
        return
    named, source = function.child_by_field_name("attribute"), scope.module.source
    method = source.spelling(named) if named is not None else ""
    if method not in _METHODS and method not in TYPED:
        return
    ffi = ffi_key(function.child_by_field_name("object"), scope, names)
    given = [child for child in arguments.named_children if child.type != "comment"]
    if not ffi:
        said.unknown += [source.span(node)] if method == "cdef" else []
        return
    if method in TYPED:
        typed = typed_call(ffi, method, node, ":" not in ffi, scope, names)
        said.typed += [typed] if typed is not None else []
        return
    match method:
        case "cdef" if given:
            said.cdefs.append((ffi, tuple(pieces(given[0], scope, names))))
            said.unsure += [ffi] if len(given) > 1 or _is_conditional(node) else []
        case "include" if given:
            said.includes.append((ffi, ffi_key(given[0], scope, names)))
        case "set_source" if given:
            module = names.text(given[0], scope)
            if module:
                said.sources.append(read_source(ffi, module, given, scope, names))
        case "dlopen":
            said.opened.append((ffi, library_of(names, node, scope)))
        case "verify":
            said.verified.append(ffi)
        case "def_extern":
            said.python_functions += _python_function(ffi, node, given, source)


def _python_function(ffi: str, call: Node, given: Sequence[Node], source: Source) -> Iterator[CffiPythonFunction]:
    """The function that `@ffi.def_extern()` stands above, under the name that C has for it."""
    above = call.parent.parent if call.parent is not None and call.parent.type == "decorator" else None
    function = above.child_by_field_name("definition") if above is not None else None
    name = function.child_by_field_name("name") if function is not None else None
    if above is None or name is None or any(child.type != "keyword_argument" for child in given):
        return
    if sum(child.type == "decorator" for child in above.named_children) != 1:
        return
    spelled = source.spelling(name)
    for child in given:
        key, value = child.child_by_field_name("name"), child.child_by_field_name("value")
        if key is not None and source.spelling(key) == "name":
            text = source.string_value(value)
            if text is None:
                return
            spelled = text
    taken = parameters_of(source, function) if function is not None else None
    if taken is not None:
        yield CffiPythonFunction(ffi, spelled, source.span(name), taken.minimum, taken.maximum)


def ffi_key(node: Node | None, scope: Scope, names: Names) -> str:
    """Which FFI object an expression is: by the place that makes it, or "_x" for `ffi` of an out-of-line module."""
    match names.evaluate(node, scope):
        case Made("cffi.FFI", call, made_in):
            return f"{made_in.module.source.path}:{call.start_byte}"
        case External(name) if name.endswith(".ffi"):
            return name.removesuffix(".ffi")
    return ""


def _use(node: Node, scope: Scope, names: Names) -> Iterator[CffiUse]:
    holder, named = node.child_by_field_name("object"), node.child_by_field_name("attribute")
    if holder is None or named is None:
        return
    source = scope.module.source
    name, place = source.spelling(named), source.span(named)
    match names.evaluate(holder, scope):
        case Made(callee, call, made_in) if _is_library(callee):
            function = call.child_by_field_name("function")
            ffi = ffi_key(function.child_by_field_name("object"), made_in, names) if function is not None else ""
            spelled = f"{scope.module.name}.{source.spelling(holder)}"
            yield CffiUse(spelled, name, place, library_of(names, call, made_in), True, ffi)
        case External(outer) if outer.endswith(".lib"):
            yield CffiUse(outer, name, place, ffi=outer.removesuffix(".lib"))


def _is_library(callee: str) -> bool:
    return callee in ("cffi.FFI.dlopen", "cffi.FFI.verify") or callee.endswith(".ffi.dlopen")


def cffi_interfaces(parts: Sequence[CffiUses]) -> tuple[CffiInterface, ...]:
    """What each FFI object of the workspace declares; by the key of the object itself, not of its module."""
    object_of = _objects(parts)
    own: dict[str, list[tuple[CffiPiece | None, ...]]] = {}
    for key, text in (cdef for part in parts for cdef in part.cdefs):
        own.setdefault(object_of(key), []).append(text)
    included = _included(parts)
    compiled = {source.ffi for part in parts for source in part.sources if not source.is_abi}
    compiled |= {key for part in parts for key in part.verified}
    is_known = not any(part.unknown for part in parts)
    implemented = [function for part in parts for function in part.python_functions]
    found = []
    for key in own:
        texts = [text for other in _included_first(key, included) for text in own.get(other, [(None,)])]
        mine = [piece for text in own[key] for piece in text if piece is not None]
        found.append(
            CffiInterface(
                key,
                "\n".join(map(known_text, texts)),
                is_known and all(None not in text for text in texts),
                key not in compiled,
                tuple(declaration for piece in mine for declaration in piece.declarations),
                tuple(named for piece in mine for named in piece.types),
                tuple(f for f in implemented if object_of(f.ffi) == key),
                tuple(typed for part in parts for typed in part.typed if object_of(typed.ffi) == key),
                tuple(constant for piece in mine for constant in piece.constants),
                _compiled_source(key, parts, included),
            )
        )
    return tuple(found)


def _compiled_source(key: str, parts: Sequence[CffiUses], included: dict[str, list[str]]) -> CffiSource | None:
    """The one C code of an FFI object, where all that it knows is read in any case, and laid out as C does."""
    object_of = _objects(parts)
    found = [source for part in parts for source in part.sources if object_of(source.ffi) == key]
    unsure = {object_of(ffi) for part in parts for ffi in part.unsure}
    return found[0] if len(found) == 1 and unsure.isdisjoint(_included_first(key, included)) else None


def _is_conditional(call: Node) -> bool:
    """Does a call stand where it may not be reached?"""
    above = call.parent
    while above is not None and above.type != "module":
        if above.type in ("if_statement", "try_statement", "match_statement", "conditional_expression"):
            return True
        above = above.parent
    return False


def _included(parts: Sequence[CffiUses]) -> dict[str, list[str]]:
    object_of = _objects(parts)
    found: dict[str, list[str]] = {}
    for key, other in (pair for part in parts for pair in part.includes):
        found.setdefault(object_of(key), []).append(object_of(other))
    return found


def _objects(parts: Sequence[CffiUses]) -> Callable[[str], str]:
    """From keys and out-of-line modules to the keys of FFI objects; none for a module that two are made for.

    A build may put a module into a package that only it names: such a module is found by its last name, where one has
    it.
    """
    made: dict[str, set[str]] = {}
    for source in (source for part in parts for source in part.sources):
        made.setdefault(source.module, set()).add(source.ffi)
    modules = {module: next(iter(keys)) for module, keys in made.items() if len(keys) == 1}
    last: dict[str, set[str]] = {}
    for module, keys in made.items():
        last.setdefault(module.rpartition(".")[2], set()).update(keys)

    def object_of(name: str) -> str:
        same = last.get(name.rpartition(".")[2], set())
        return modules.get(name) or (next(iter(same)) if len(same) == 1 else name)

    return object_of


def _included_first(key: str, included: dict[str, list[str]]) -> list[str]:
    """An FFI object behind all that it includes, each once; cycles are cut."""
    order: list[str] = []
    waiting = [(key, False)]
    seen: set[str] = set()
    while waiting:
        current, is_done = waiting.pop()
        if is_done:
            order.append(current)
        elif current not in seen:
            seen.add(current)
            waiting.append((current, True))
            waiting += [(other, False) for other in reversed(included.get(current, []))]
    return order


def cffi_bindings(parts: Sequence[CffiUses]) -> list[Binding]:
    """A binding for each declared function and library object that Python calls it through."""
    interfaces = {interface.key: interface for interface in cffi_interfaces(parts)}
    object_of, included, libraries = _objects(parts), _included(parts), _libraries(parts)
    found: dict[tuple[str, str, str], list[CffiUse]] = {}  # functions may have libraries of one name each
    for use in (use for part in parts for use in part.uses):
        if use.is_opened or object_of(use.ffi) in interfaces:
            found.setdefault((use.holder, use.name, object_of(use.ffi)), []).append(use)
    edges = []
    for (holder, name, key), uses in found.items():
        known = _included_first(key, included) if key in interfaces else list(interfaces)
        declared = _declared(name, [interfaces[other] for other in known if other in interfaces])
        if declared:
            edges.append(
                Binding(
                    f"{holder}.{name}",
                    "cffi",
                    name,
                    declared=declared[0].place,
                    uses=tuple(use.place for use in uses),
                    library=uses[0].library or libraries.get(key, ""),
                    cdef=declared[0].signature if len({d.signature for d in declared}) == 1 else "",
                )
            )
    return edges


def _libraries(parts: Sequence[CffiUses]) -> dict[str, str]:
    """The first library that is known to be opened for, or linked with, what an FFI object declares."""
    object_of = _objects(parts)
    opened = [pair for part in parts for pair in part.opened]
    linked = [(source.ffi, source.library) for part in parts for source in part.sources]
    return {object_of(key): library for key, library in reversed([*opened, *linked]) if library}


def _declared(name: str, interfaces: Iterable[CffiInterface]) -> list[CffiDeclaration]:
    return [d for interface in interfaces for d in interface.declarations if d.name == name and not d.is_python]
