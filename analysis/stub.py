"""Stubs of C extensions: a `.pyi` from a module's tables, the formats of its argument parsers, and what it returns.

What is not certain is `Any`. A module and its types may hold more than their tables say, so types derive from `Any`: no
right use is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from keyword import iskeyword

from gnomon.analysis.boundary.binding import Binding
from gnomon.analysis.stub_signature import ANYTHING, CBody, parameters, result
from gnomon.analysis.syntax.tree import descendants, parse_c
from gnomon.analysis.workspace import Snapshot
from tree_sitter import Node

_NOARGS, _ONE, _CLASS, _STATIC, _PARSED = 4, 8, 16, 32, 1

_BUFFER = ("", "from typing_extensions import Buffer")
_MORE = "def __getattr__(name: str) -> Any: ...  # what the tables do not say"

_SELF = "self"
_ONE_ARGUMENT = ("self", "other: Any", "/")
_SLOTS: Mapping[str, tuple[tuple[str, ...], str]] = {
    **dict.fromkeys(("__repr__", "__str__"), ((_SELF,), "str")),
    **dict.fromkeys(("__hash__", "__len__", "__int__", "__index__"), ((_SELF,), "int")),
    **dict.fromkeys(("__iter__", "__next__", "__neg__", "__pos__", "__abs__", "__invert__"), ((_SELF,), "Any")),
    "__bool__": ((_SELF,), "bool"),
    "__float__": ((_SELF,), "float"),
    "__contains__": (("self", "key: Any", "/"), "bool"),
    "__getitem__": (("self", "key: Any", "/"), "Any"),
    "__setitem__": (("self", "key: Any", "value: Any", "/"), "None"),
    "__call__": (("self", *ANYTHING), "Any"),
    **{
        f"__{name}__": (_ONE_ARGUMENT, "Any")
        for name in (
            "add sub mul mod divmod lshift rshift and xor or floordiv truediv matmul".split()  # noqa: SIM905
        )
    },
}


@dataclass(slots=True)
class _Class:
    lines: list[str] = field(default_factory=list)
    names: set[str] = field(default_factory=set)


def extension_stub(snapshot: Snapshot, bindings: Iterable[Binding], module: str) -> str:
    """The text of the `.pyi` of a module, by its dotted name; only imports when nothing of it is known."""
    own = [b for b in bindings if b.module == module and b.python.startswith(f"{module}.")]
    bodies = _Bodies(snapshot)
    setters = {b.python.removesuffix(".__set__") for b in own if b.python.endswith(".__set__")}
    initialised = {b.python.rpartition(".")[0] for b in own if b.python.endswith(".__init__")}
    classes: dict[str, _Class] = {b.python: _Class() for b in own if b.kind == "type"}
    functions = _Class()
    for binding in own:
        holder, _, name = binding.python.rpartition(".")
        home = functions if holder == module else classes.get(holder)
        is_new_besides_init = name == "__new__" and holder in initialised
        if home is None or not _is_name(name) or name in home.names or binding.kind == "type" or is_new_besides_init:
            continue
        lines = _declared(binding, name, bodies.of(binding), binding.python in setters)
        if lines:
            home.names.add(name)
            home.lines += lines
    lines = [*functions.lines]
    for name, held in classes.items():
        lines.append(f"\nclass {name.rpartition('.')[2]}(Any):  # type: ignore[misc]")
        lines += [f"    {line}" for line in held.lines or ["..."]]
    return (
        "\n".join([f"# Of {module}, from its C sources, by `gnomon stub`.", *_imports(lines), *lines, "", _MORE]) + "\n"
    )


def _imports(lines: list[str]) -> list[str]:
    text = "\n".join(lines)
    typing = ["Any", *(name for name in ("SupportsFloat", "SupportsIndex") if name in text)]
    return [f"from typing import {', '.join(typing)}", *(_BUFFER if "Buffer" in text else ()), ""]


def _is_name(name: str) -> bool:
    return name.isidentifier() and not iskeyword(name)


def _declared(binding: Binding, name: str, body: CBody | None, is_settable: bool) -> list[str]:
    match binding.kind:
        case "function":
            return [_function(name, _given(binding, body), result(body))]
        case "method":
            own = [] if binding.flags & _STATIC else ["cls" if binding.flags & _CLASS else "self"]
            above = ["@staticmethod"] if binding.flags & _STATIC else ["@classmethod"] if binding.flags & _CLASS else []
            return [*above, _function(name, [*own, *_given(binding, body)], result(body))]
        case "getset":
            value = result(body)
            read = ["@property", _function(name, [_SELF], value)]
            return [*read, f"@{name}.setter", _function(name, [_SELF, "value: Any"], "None")] if is_settable else read
        case "member" | "capsule":
            return [f"{name}: Any"]
        case "slot":
            return _slot(name, binding.native, body)
    return []


def _slot(name: str, native: str, body: CBody | None) -> list[str]:
    if name == "__init__":
        return [_function(name, [_SELF, *parameters(body)], "None")]
    if name == "__new__":
        return [_function(name, ["cls", *parameters(body)], "Any")]
    known = _SLOTS.get(name) if native != "PyObject_HashNotImplemented" else None
    return [_function(name, list(known[0]), known[1])] if known is not None else []


def _given(binding: Binding, body: CBody | None) -> list[str]:
    """The parameters after `self`, as the flags of the method table say."""
    if binding.flags & _NOARGS:
        return []
    if binding.flags & _ONE:
        return ["arg: Any", "/"]
    return parameters(body) if binding.flags & _PARSED else list(ANYTHING)


def _function(name: str, given: list[str], returned: str) -> str:
    return f"def {name}({', '.join(given)}) -> {returned}: ..."


class _Bodies:
    """The C functions behind bindings; each file is parsed once."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._files: dict[str, dict[int, CBody]] = {}

    def of(self, binding: Binding) -> CBody | None:
        """By the line of the function's name; None where its source is not at hand."""
        place = binding.definition
        if place is None:
            return None
        if place.path not in self._files:
            source = parse_c(place.path, self._snapshot.text(place.path))
            found = [n for n in descendants(source.root) if n.type == "function_definition" and not n.has_error]
            self._files[place.path] = {_name_row(n) + 1: CBody(source, n) for n in found}
        return self._files[place.path].get(place.line)


def _name_row(node: Node) -> int:
    """The row of a defined function's name; a macro's call may stand before it."""
    named = next((n for n in descendants(node) if n.type == "function_declarator"), node)
    return named.start_point.row
