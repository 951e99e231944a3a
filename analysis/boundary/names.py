"""What Python expressions stand for, as far as that is certain: libraries, native functions, names of other modules.

A name with several bindings stands for something only when no binding contradicts it. Where a value is not known the
answer is None: a use that is not certain is no use.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace

from gnomon.analysis.syntax.python import Bound, PythonModule, Scope
from tree_sitter import Node

DEPTH_BOUND = 40  # names followed for one expression

LOADERS = frozenset(
    {"CDLL", "PyDLL", "WinDLL", "OleDLL", "cdll.LoadLibrary", "pydll.LoadLibrary", "windll.LoadLibrary"}
)
PROTOTYPES = frozenset({"CFUNCTYPE", "PYFUNCTYPE", "WINFUNCTYPE"})
_LOADERS = frozenset(f"ctypes.{name}" for name in LOADERS)


@dataclass(frozen=True, slots=True)
class Module:
    name: str


@dataclass(frozen=True, slots=True)
class External:
    """A name of a module whose Python source is not in the workspace: "ctypes.c_int", "ring_ext.Ring.push"."""

    name: str


@dataclass(frozen=True, slots=True)
class Made:
    """The result of calling an external name."""

    callee: str
    call: Node
    scope: Scope


@dataclass(frozen=True, slots=True)
class Library:
    """A loaded library, named after the first name it was assigned to."""

    text: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class NativeFunction:
    library: Library
    name: str


@dataclass(frozen=True, slots=True)
class PythonClass:
    scope: Scope


@dataclass(frozen=True, slots=True)
class Instance:
    scope: Scope


@dataclass(frozen=True, slots=True)
class PythonFunction:
    scope: Scope


Value = Module | External | Made | Library | NativeFunction | PythonClass | Instance | PythonFunction


@dataclass(slots=True)
class Names:
    """Evaluates expressions of a set of modules. `native` are the dotted names that C extensions provide."""

    modules: Mapping[str, PythonModule]
    native: Collection[str] = frozenset()
    _known: dict[tuple[int, int], Value | None] = field(
        default_factory=dict
    )  # by scope and node; lives as long as self
    _of_places: dict[tuple[int, int], Value | None] = field(default_factory=dict)  # by list of bounds and scope
    _pending: set[tuple[int, int]] = field(default_factory=set)  # under evaluation
    _depth: int = 0
    _cuts: int = 0  # how often an answer was None only because of where it was asked for

    def evaluate(self, node: Node | None, scope: Scope) -> Value | None:
        """What an expression stands for in a scope; None when that is not certain."""
        if node is None or node.type not in _EVALUATORS:
            return None
        key = (id(scope), node.id)
        if key in self._known:
            return self._known[key]
        if key in self._pending or self._depth >= DEPTH_BOUND:
            self._cuts += 1
            return None  # a name defined through itself stands for nothing
        cuts = self._cuts
        self._pending.add(key)
        self._depth += 1
        try:
            value = _EVALUATORS[node.type](self, node, scope)
        finally:
            self._depth -= 1
            self._pending.discard(key)
        # What was cut short on the way here may be known when it is asked for elsewhere.
        if value is not None or cuts == self._cuts or self._depth == 0:
            self._known[key] = value
        return value

    def _identifier(self, node: Node, scope: Scope) -> Value | None:
        name = scope.module.source.spelling(node)
        if scope.own_name == name and scope.parent is not None:
            return Instance(scope.parent)
        at: Scope | None = scope
        while at is not None:
            if (at is scope or at.kind != "class") and name in at.names:
                return self._bound(at.names[name], name, at)
            at = at.parent
        return self._star(name, scope.module.top)

    def _bound(self, places: list[Bound], name: str, scope: Scope) -> Value | None:
        """The one value of all places that bind a name in a scope."""
        key = (id(places), id(scope))
        if key not in self._of_places:
            cuts = self._cuts
            value = self._joined(places, name, scope)
            if cuts != self._cuts and self._depth > 0:
                return value
            self._of_places[key] = value
        return self._of_places[key]

    def _joined(self, places: list[Bound], name: str, scope: Scope) -> Value | None:
        """A library may be loaded in several ways, or be None at first; an object must be made the same way
        everywhere."""
        values = [self._place(place, scope) for place in places]
        known = [v for v in values if v is not None]
        if not known or any(place.kind == "unknown" for place in places):
            return None
        if any(type(v) is not type(known[0]) for v in known):
            return None
        if isinstance(known[0], Library):
            return replace(known[0], name=known[0].name or f"{scope.name}.{name}")
        if len(known) != len(places) and isinstance(known[0], (Made, Instance)):
            return None
        if isinstance(known[0], Made):
            return known[0] if all(isinstance(v, Made) and v.callee == known[0].callee for v in known) else None
        return known[0]

    def _place(self, place: Bound, scope: Scope) -> Value | None:
        match place.kind:
            case "import":
                if place.member and place.module == scope.module.name:  # `from . import _native` in the package itself
                    return self._submodule(f"{place.module}.{place.member}")
                return self.member(Module(place.module), place.member) if place.member else Module(place.module)
            case "value":
                return self.evaluate(place.node, scope)
            case "class":
                return PythonClass(scope.inner[place.node.id])
            case "function":
                return PythonFunction(scope.inner[place.node.id])
        return None

    def _star(self, name: str, top: Scope) -> Value | None:
        """Through `from module import *`; modules may import each other so, without end."""
        if self._depth >= DEPTH_BOUND:
            self._cuts += 1
            return None
        self._depth += 1
        try:
            return self._star_member(name, top)
        finally:
            self._depth -= 1

    def _star_member(self, name: str, top: Scope) -> Value | None:
        for module in reversed(top.stars):
            if module in self.modules:
                value = self.member(Module(module), name)
                if value is not None and not isinstance(value, External):
                    return value
                if isinstance(value, External) and (
                    name in self.modules[module].top.names or value.name in self.native or _is_of_ctypes(value.name)
                ):
                    return value
            elif f"{module}.{name}" in self.native or _is_of_ctypes(f"{module}.{name}"):
                return External(f"{module}.{name}")
        return None

    def member(self, value: Value | None, name: str) -> Value | None:
        """`value.name`"""
        match value:
            case Module(module):
                return self._module_member(module, name)
            case External(outer):
                return External(f"{outer}.{name}")
            case Made(callee):
                return External(f"{callee}.{name}")
            case Library() if not name.startswith("__") and name not in ("_handle", "_name", "_FuncPtr"):
                return NativeFunction(value, name)
            case PythonClass(scope) | Instance(scope):
                return self._class_member(scope, name)
        return None

    def _module_member(self, module: str, name: str) -> Value | None:
        if module not in self.modules:
            inner = f"{module}.{name}"
            return Module(inner) if inner in self.modules else External(inner)
        top = self.modules[module].top
        if name in top.names:
            if self._depth >= DEPTH_BOUND:
                self._cuts += 1
                return None
            self._depth += 1
            try:
                return self._bound(top.names[name], name, top)
            finally:
                self._depth -= 1
        return self._submodule(f"{module}.{name}") or self._star(name, top)

    def _submodule(self, name: str) -> Value | None:
        """A module of a package: in Python, or an extension, or what holds one."""
        if name in self.modules:
            return Module(name)
        if name in self.native:
            return External(name)
        return Module(name) if any(known.startswith(name + ".") for known in self.native) else None

    def _class_member(self, scope: Scope, name: str) -> Value | None:
        if name in scope.attributes:
            values = [self._place(bound, inner) for bound, inner in scope.attributes[name]]
            known = [value for value in values if value is not None]
            if known and all(type(value) is type(known[0]) for value in known):
                first = known[0]
                return (
                    replace(first, name=first.name or f"{scope.name}.{name}") if isinstance(first, Library) else first
                )
            return None
        return self._bound(scope.names[name], name, scope) if name in scope.names else None

    def _attribute(self, node: Node, scope: Scope) -> Value | None:
        name = node.child_by_field_name("attribute")
        holder = self.evaluate(node.child_by_field_name("object"), scope)
        return None if name is None else self.member(holder, scope.module.source.spelling(name))

    def _subscript(self, node: Node, scope: Scope) -> Value | None:
        holder = self.evaluate(node.child_by_field_name("value"), scope)
        name = scope.module.source.string_value(node.child_by_field_name("subscript"))
        if name is None:
            return None
        if isinstance(holder, Library):
            return NativeFunction(holder, name)
        return Library(name) if holder == External("ctypes.cdll") else None

    def _call(self, node: Node, scope: Scope) -> Value | None:
        function, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
        if function is None or arguments is None:
            return None
        source = scope.module.source
        given = [child for child in arguments.named_children if child.type != "comment"]
        if function.type == "identifier" and source.spelling(function) == "getattr" and len(given) >= 2:
            name = source.string_value(given[1])
            return None if name is None else self.member(self.evaluate(given[0], scope), name)
        match self.evaluate(function, scope):
            case External(name) if name in _LOADERS:
                return Library(self._library_text(given[0], scope) if given else "")
            case External(name):
                return Made(name, node, scope)
            case Made(callee) if callee.removeprefix("ctypes.") in PROTOTYPES and given:
                return self._prototyped(given[0], scope)
            case PythonClass(inner):
                return Instance(inner)
            case PythonFunction(inner):
                return self._returned(inner)
        return None

    def _prototyped(self, pair: Node, scope: Scope) -> Value | None:
        """`CFUNCTYPE(...)(("push", lib))` is the function of the library; of another argument it makes a callback."""
        if pair.type != "tuple" or len(pair.named_children) != 2:
            return None
        name = scope.module.source.string_value(pair.named_children[0])
        library = self.evaluate(pair.named_children[1], scope)
        return NativeFunction(library, name) if name is not None and isinstance(library, Library) else None

    def _library_text(self, node: Node, scope: Scope) -> str:
        """The last string literal in the argument, where the file's name is: `str(folder / "libring.so")`."""
        source = scope.module.source
        made = self.evaluate(node, scope)
        if isinstance(made, Made):
            if made.callee == "ctypes.util.find_library":
                found = [text for text in self._strings(made.call, made.scope) if text]
                return f"lib{found[-1]}.so" if found else ""
            node, source, scope = made.call, made.scope.module.source, made.scope
        strings = self._strings(node, scope)
        if not strings and node.type == "identifier":
            for bound in self._places(source.spelling(node), scope):
                strings += self._strings(bound.node, scope)
        return strings[-1] if strings else ""

    @staticmethod
    def _places(name: str, scope: Scope) -> list[Bound]:
        at: Scope | None = scope
        while at is not None:
            if name in at.names:
                return [bound for bound in at.names[name] if bound.kind == "value"]
            at = at.parent
        return []

    @staticmethod
    def _strings(node: Node, scope: Scope) -> list[str]:
        found, waiting = [], [node]
        while waiting:
            current = waiting.pop()
            value = scope.module.source.string_value(current)
            if value is not None:
                found.append(value)
            waiting.extend(reversed(current.named_children))
        return found

    def _returned(self, function: Scope) -> Value | None:
        """The library that a helper function returns, when it returns one."""
        waiting = list(function.node.named_children)
        while waiting:
            node = waiting.pop()
            if node.type in ("function_definition", "class_definition", "lambda"):
                continue
            if node.type == "return_statement" and node.named_children:
                value = self.evaluate(node.named_children[0], function)
                if isinstance(value, Library):
                    return value
            waiting.extend(node.named_children)
        return None

    def _inside(self, node: Node, scope: Scope) -> Value | None:
        return self.evaluate(node.named_children[0] if node.named_children else None, scope)


def _is_of_ctypes(name: str) -> bool:
    """Does `from ctypes import *` give the name, on any system?"""
    module, _, member = name.rpartition(".")
    return module == "ctypes" and not member.startswith("_") and (hasattr(ctypes, member) or member in LOADERS)


_EVALUATORS: dict[str, Callable[[Names, Node, Scope], Value | None]] = {
    "identifier": Names._identifier,
    "attribute": Names._attribute,
    "subscript": Names._subscript,
    "call": Names._call,
    "parenthesized_expression": Names._inside,
}
