"""What calls give, and the parts and elements of what they give."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from gnomon.analysis.boundary.arguments import bound_arguments
from gnomon.analysis.boundary.libraries import library_text
from gnomon.analysis.boundary.objects import element, given_by, passed_on
from gnomon.analysis.boundary.registries import item_of
from gnomon.analysis.boundary.texts import possible_texts
from gnomon.analysis.boundary.values import (
    External,
    Instance,
    Library,
    Made,
    Module,
    NativeFunction,
    PythonClass,
    PythonFunction,
    Value,
    alternatives,
    joined,
    likeliest,
    without_local_name,
)
from gnomon.analysis.syntax.interface import declares
from gnomon.analysis.syntax.python import Scope, decorators
from tree_sitter import Node

if TYPE_CHECKING:
    from gnomon.analysis.boundary.names import Names

LOADERS = frozenset(
    {"CDLL", "PyDLL", "WinDLL", "OleDLL", "cdll.LoadLibrary", "pydll.LoadLibrary", "windll.LoadLibrary"}
)
PYTHON = "libpython3.so"  # what `ctypes.pythonapi` stands for
PROTOTYPES = frozenset({"CFUNCTYPE", "PYFUNCTYPE", "WINFUNCTYPE"})
_LITERALS = frozenset({"list", "tuple", "set", "expression_list"})
_LOADERS = frozenset(f"ctypes.{name}" for name in LOADERS)


def part_of(names: Names, node: Node, index: int | None, scope: Scope) -> Value | None:
    """A value, or one part of the tuple that it is: of a literal, or of what a function returns."""
    if index is None:
        return names.evaluate(node, scope)
    while node.type == "parenthesized_expression" and node.named_children:
        node = node.named_children[0]
    if node.type in ("tuple", "expression_list"):
        parts = [child for child in node.named_children if child.type != "comment"]
        return names.evaluate(parts[index], scope) if index < len(parts) else None
    key = (id(scope), node.id, index)
    if key not in names.parts:
        names.parts[key] = None  # what is part of itself is not known
        names.parts[key] = _part_given_back(names, node, index, scope)
    return names.parts[key]


def _part_given_back(names: Names, node: Node, index: int, scope: Scope) -> Value | None:
    function = names.evaluate(node.child_by_field_name("function"), scope) if node.type == "call" else None
    if not isinstance(function, PythonFunction) or _is_decorated(function.scope):
        return None
    listed = names.given_back(function.scope, "return_statement")
    found = [names.deeper(partial(part_of, names, value, index, function.scope)) for value in listed]
    return without_local_name(names.join(found), function.scope.name)


def element_of(names: Names, node: Node, scope: Scope, index: int | None = None) -> Value | None:
    """What a loop's variable stands for: the one kind of thing in a literal, that a generator yields, or that an
    object gives; `index`: which part of it."""
    if node.type in _LITERALS:
        rows = [child for child in node.named_children if child.type != "comment"]
        if index is not None:
            rows = [row.named_children[index] for row in rows if len(row.named_children) > index]
        return names.join([names.evaluate(row, scope) for row in rows])
    called = node.child_by_field_name("function") if node.type == "call" else None
    arguments = node.child_by_field_name("arguments") if node.type == "call" else None
    if called is not None and arguments is not None and names.is_builtin(called, scope):
        given = [child for child in arguments.named_children if child.type != "comment"]
        match scope.module.source.spelling(called), index:
            case "enumerate", 1 if given:
                return element_of(names, given[0], scope)
            case "zip", int(part) if part < len(given):
                return element_of(names, given[part], scope)
            case "reversed" | "sorted" | "list" | "tuple" | "iter", _ if given:
                return element_of(names, given[0], scope, index)
    if index is not None:
        return None
    function = names.evaluate(called, scope)
    yielded = names.given_back(function.scope, "yield") if isinstance(function, PythonFunction) else []
    if isinstance(function, PythonFunction) and yielded:
        is_plain = not _is_decorated(function.scope)
        return names.join([names.evaluate(one, function.scope) for one in yielded]) if is_plain else None
    if isinstance(function, PythonFunction) and not _is_decorated(function.scope):
        listed = names.given_back(function.scope, "return_statement")
        if listed and all(value.type in _LITERALS for value in listed):
            return names.join([element_of(names, value, function.scope) for value in listed])
    return element(names, names.evaluate(node, scope), node, scope)


def call(names: Names, node: Node, scope: Scope) -> Value | None:
    function, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
    if function is None or arguments is None:
        return None
    source = scope.module.source
    given = [child for child in arguments.named_children if child.type != "comment"]
    kept = _looked_up(names, function, given, scope)
    if kept is not None:
        return kept
    if function.type == "identifier" and source.spelling(function) == "getattr" and len(given) >= 2:
        name = names.text(given[1], scope)
        holder = names.evaluate(given[0], scope)
        if name is None and names.is_wide and holder is not None:
            return joined(names.member(holder, text) for text in sorted(possible_texts(names, given[1], scope)))
        return None if name is None else names.member(holder, name)
    called = names.evaluate(function, scope)
    if called is None and names.is_builtin(function, scope):
        return passed_on(names, source.spelling(function), given, node, scope)
    return names.join([_called(names, one, node, given, scope) for one in alternatives(called)])


def _looked_up(names: Names, function: Node, given: list[Node], scope: Scope) -> Value | None:
    """`registry.get("push")`"""
    holder, named = function.child_by_field_name("object"), function.child_by_field_name("attribute")
    if holder is None or named is None or holder.type != "identifier" or not 1 <= len(given) <= 2:
        return None
    is_asked = scope.module.source.spelling(named) == "get"
    key = names.text(given[0], scope) if is_asked else None
    return item_of(names, holder, key, scope) if key is not None else None


def _called(names: Names, function: Value, node: Node, given: list[Node], scope: Scope) -> Value | None:
    match function:
        case External(name) if name in _LOADERS:
            return Library(library_text(names, given[0], scope) if given else "")
        case External("importlib.import_module") if len(given) == 1:
            return _imported(names, given[0], scope)
        case External(name):
            passed = passed_on(names, name, given, node, scope)
            return passed or given_by(names, function, _receiver(names, node, scope), node, scope)
        case Made(callee) if callee.removeprefix("ctypes.") in PROTOTYPES and given:
            return _prototyped(names, given[0], scope)
        case PythonClass(inner):
            return Instance(inner, (node, scope))
        case PythonFunction(inner, receiver):
            return returned(names, inner, node, scope, receiver)
    return None


def _imported(names: Names, named: Node, scope: Scope) -> Value | None:
    """The module of a name that is known, or the modules of those that it may be."""
    name = names.text(named, scope)
    if name is not None:
        return Module(name)
    return joined(Module(text) for text in sorted(possible_texts(names, named, scope))) if names.is_wide else None


def _receiver(names: Names, call: Node, scope: Scope) -> Value | None:
    """The object or class before the dot of what is called."""
    function = call.child_by_field_name("function")
    return names.evaluate(function.child_by_field_name("object"), scope) if function is not None else None


def _prototyped(names: Names, pair: Node, scope: Scope) -> Value | None:
    """`CFUNCTYPE(...)(("push", lib))` is the function of the library; of another argument it makes a callback."""
    if pair.type != "tuple" or len(pair.named_children) != 2:
        return None
    name = names.text(pair.named_children[0], scope)
    library = names.evaluate(pair.named_children[1], scope)
    return NativeFunction(library, name, True) if name is not None and isinstance(library, Library) else None


def returned(names: Names, function: Scope, call: Node, scope: Scope, receiver: Instance | None = None) -> Value | None:
    """What a helper function returns at a call: a library if it returns one, a function of one, else what all its
    returns agree on."""
    by_argument = _names_by_argument(function)
    found = None if by_argument else _given_back(names, function)
    is_open = by_argument or (isinstance(found, Library) and not found.text)
    if not is_open or not names.may_follow():
        return found
    bound = bound_arguments(call, scope, function)
    return found if bound is None else _given_back(names.given(*bound, names.place, receiver), function)


def _given_back(names: Names, function: Scope) -> Value | None:
    listed = names.given_back(function, "return_statement")
    if function.node.type == "lambda":
        listed = [body] if (body := function.node.child_by_field_name("body")) is not None else []
    values = [names.evaluate(node, function) for node in listed if node.type != "none"]
    library = likeliest(values)
    if library is not None:
        return without_local_name(library, function.name)
    if _is_decorated(function) or names.given_back(function, "yield"):
        return None
    native = [value for value in values if isinstance(value, NativeFunction)]
    is_by_argument = bool(names.values) or all(isinstance(value, (NativeFunction, PythonFunction)) for value in values)
    if native and is_by_argument and len(native) < len(values):
        # Something else stands in for it where the library is too old, or is not there.
        return names.join([replace(value, is_alternative=True) for value in native])
    return names.join(values)


def _names_by_argument(function: Scope) -> bool:
    """May the function look up a native function by a name it is given, or open a library for an FFI object?"""
    text = function.module.source.text[function.node.start_byte : function.node.end_byte]
    return declares(text) or b"getattr" in text or b".dlopen" in text


def _is_decorated(function: Scope) -> bool:
    """Does a decorator stand above that may change what calls give?"""
    return bool(set(decorators(function)) - {"@staticmethod", "@classmethod"})
