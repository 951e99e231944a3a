"""What Python expressions stand for, as far as that is certain: libraries, native functions, names of other modules.

A name with several bindings stands for something only when no binding contradicts it. Where a value is not known the
answer is None: a use that is not certain is no use.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from gnomon.analysis.boundary.arguments import Rest, Values, bound_arguments
from gnomon.analysis.boundary.binding import Span
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
    common,
)
from gnomon.analysis.syntax.python import Bound, PythonModule, Scope, given_back
from tree_sitter import Node

DEPTH_BOUND = 40  # names followed for one expression
STEP_BOUND = 200  # expressions looked at for one, before what a cycle cut short counts as unknown

LOADERS = frozenset(
    {"CDLL", "PyDLL", "WinDLL", "OleDLL", "cdll.LoadLibrary", "pydll.LoadLibrary", "windll.LoadLibrary"}
)
PROTOTYPES = frozenset({"CFUNCTYPE", "PYFUNCTYPE", "WINFUNCTYPE"})
_EMPTY_BASES = frozenset({"object", "unittest.TestCase"})  # with nothing that an extension's name could mean
_LOADERS = frozenset(f"ctypes.{name}" for name in LOADERS)


_UNDER_WAY = Module("")


@dataclass(slots=True)
class Names:
    """Evaluates expressions of a set of modules. `native` are the dotted names that C extensions provide."""

    modules: Mapping[str, PythonModule]
    native: Collection[str] = frozenset()
    _known: dict[tuple[int, int], Value | None] = field(
        default_factory=dict
    )  # by scope and node; lives as long as self
    _back: dict[tuple[int, str], list[Node]] = field(
        default_factory=dict
    )  # what functions give back, by scope and kind
    _depth: int = 0
    _steps: int = 0  # of the outermost expression
    _cuts: int = 0  # evaluations that a cycle or a bound cut short
    values: Values = field(default_factory=dict)
    rest: Rest = field(default_factory=dict)
    place: Span | None = None  # of the call or row that gives the values

    def given(self, values: Values, rest: Rest, place: Span | None) -> Names:
        """The same names in one run of some code, where a few have known values."""
        return Names(self.modules, self.native, _depth=self._depth, values=self.values | values, rest=rest, place=place)

    def given_for(self, node: Node, scope: Scope) -> tuple[Node, Scope] | None:
        """The expression that this run gives a name."""
        home = self._home(node, scope)
        return None if home is None else self.values.get((id(home), scope.module.source.spelling(node)))

    def rest_for(self, node: Node, scope: Scope) -> tuple[Sequence[Node], Scope] | None:
        home = self._home(node, scope)
        return None if home is None else self.rest.get((id(home), scope.module.source.spelling(node)))

    @staticmethod
    def _home(node: Node, scope: Scope) -> Scope | None:
        """The scope whose name an identifier is."""
        name = scope.module.source.spelling(node) if node.type == "identifier" else ""
        at: Scope | None = scope if name else None
        while at is not None and not ((at is scope or at.kind != "class") and name in at.names):
            at = at.parent
        return at

    def written(self, node: Node, scope: Scope) -> tuple[Node, Scope]:
        """The expression behind a name that is bound once, else the expression itself."""
        for _ in range(DEPTH_BOUND):
            home = self._home(node, scope)
            if home is None:
                break
            name = scope.module.source.spelling(node)
            found = self.values.get((id(home), name))
            if found is None:
                places = home.names[name]
                if len(places) != 1 or places[0].kind != "value":
                    break
                found = (places[0].node, home)
            node, scope = found
        return node, scope

    def text(self, node: Node | None, scope: Scope) -> str | None:
        """The string that an expression is for certain."""
        if node is None:
            return None
        node, scope = self.written(node, scope)
        return scope.module.source.string_value(node)

    def evaluate(self, node: Node | None, scope: Scope) -> Value | None:
        """What an expression stands for in a scope; None when that is not certain."""
        if node is None or node.type not in _EVALUATORS:
            return None
        if self._depth >= DEPTH_BOUND:
            self._cuts += 1
            return None
        key = (id(scope), node.id)
        if key in self._known:
            self._cuts += self._known[key] is _UNDER_WAY
            return None if self._known[key] is _UNDER_WAY else self._known[key]
        self._known[key] = _UNDER_WAY  # a name defined through itself stands for nothing
        if self._depth == 0:
            self._steps = 0
        self._steps += 1
        self._depth += 1
        cuts = self._cuts
        try:
            value = _EVALUATORS[node.type](self, node, scope)
        finally:
            self._depth -= 1
            del self._known[key]
        # What a cycle cut short may be known another time; but nothing is tried without end.
        if value is not None or cuts == self._cuts or self._depth == 0 or self._steps > STEP_BOUND:
            self._known[key] = value
        return value

    def _identifier(self, node: Node, scope: Scope) -> Value | None:
        name = scope.module.source.spelling(node)
        if scope.own_name == name and scope.parent is not None:
            return Instance(scope.parent)
        at: Scope | None = scope
        while at is not None:
            if (at is scope or at.kind != "class") and name in at.names:
                given = self.values.get((id(at), name))
                return self._bound(at.names[name], name, at) if given is None else self.evaluate(*given)
            at = at.parent
        return self._star(name, scope.module.top)

    def wrapped(self, function: Node, scope: Scope) -> Library | None:
        """The library of `@ctypes.util.wrap_dll_function(lib)` above a function; None without it, or with more."""
        above = function.parent
        if above is None or above.type != "decorated_definition":
            return None
        decorators = [child for child in above.named_children if child.type == "decorator"]
        call = decorators[0].named_children[0] if len(decorators) == 1 else None
        arguments = call.child_by_field_name("arguments") if call is not None else None
        if call is None or arguments is None or len(arguments.named_children) != 1:
            return None
        maker = self.evaluate(call.child_by_field_name("function"), scope)
        library = self.evaluate(arguments.named_children[0], scope)
        is_wrapper = maker == External("ctypes.util.wrap_dll_function")
        return library if is_wrapper and isinstance(library, Library) else None

    def _bound(self, places: list[Bound], name: str, scope: Scope) -> Value | None:
        """The one value of all places that bind a name. A library may be loaded in several ways, or be None at first;
        an object must be made the same way everywhere."""
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
        return common(known)

    def _place(self, place: Bound, scope: Scope) -> Value | None:
        match place.kind:
            case "import":
                if place.member and place.module == scope.module.name:  # `from . import _native` in the package itself
                    return self._submodule(f"{place.module}.{place.member}")
                return self.member(Module(place.module), place.member) if place.member else Module(place.module)
            case "value":
                return self.evaluate(place.node, scope)
            case "element":
                return self._element(place.node, scope)
            case "annotated":
                return self._annotated(place.node, scope)
            case "class":
                return PythonClass(scope.inner[place.node.id])
            case "function":
                library = self.wrapped(place.node, scope)
                if library is not None:
                    name = place.node.child_by_field_name("name") or place.node
                    return NativeFunction(library, scope.module.source.spelling(name))
                return PythonFunction(scope.inner[place.node.id])
        return None

    def _star(self, name: str, top: Scope) -> Value | None:
        """Through `from module import *`; modules may import each other so, without end."""
        if self._depth >= DEPTH_BOUND:
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
            if not known:
                return None
            first = known[0]
            if isinstance(first, Library):
                same = all(isinstance(value, Library) for value in known)
                return replace(first, name=first.name or f"{scope.name}.{name}") if same else None
            return common(known) if len(known) == len(values) or not isinstance(first, (Made, Instance)) else None
        return self._bound(scope.names[name], name, scope) if name in scope.names else self._inherited(scope, name)

    def _inherited(self, scope: Scope, name: str) -> Value | None:
        """A member of the first base that has it; None from a base on that is not known."""
        bases = scope.node.child_by_field_name("superclasses")
        if bases is None or scope.parent is None or self._depth >= DEPTH_BOUND:
            return None
        self._depth += 1
        try:
            for base in bases.named_children:
                match self.evaluate(base, scope.parent):
                    case PythonClass(inner) if inner is not scope:
                        found = self._class_member(inner, name)
                        if found is not None:
                            return found
                    case External(outer) if f"{outer}.{name}" in self.native:
                        return External(f"{outer}.{name}")
                    case External(outer) if outer in self.native or outer in _EMPTY_BASES:
                        pass
                    case _:
                        return None
        finally:
            self._depth -= 1
        return None

    def _element(self, node: Node, scope: Scope) -> Value | None:
        """What a loop's variable stands for: the one kind of thing in a literal, or that a generator yields."""
        if node.type in ("list", "tuple", "set", "expression_list"):
            values = [self.evaluate(child, scope) for child in node.named_children if child.type != "comment"]
            return common([v for v in values if v is not None]) if values and None not in values else None
        function = self.evaluate(node.child_by_field_name("function"), scope) if node.type == "call" else None
        if not isinstance(function, PythonFunction) or _is_decorated(function.scope):
            return None
        yielded = [self.evaluate(found, function.scope) for found in self._given_back(function.scope, "yield")]
        return common([v for v in yielded if v is not None]) if yielded and None not in yielded else None

    def _annotated(self, node: Node, scope: Scope) -> Value | None:
        """An instance of the class that an annotation names."""
        inner = node.named_children[0] if node.type == "type" and node.named_children else node
        match self.evaluate(inner, scope):
            case External(name) if name in self.native:
                return Made(name, inner, scope)
            case PythonClass(found):
                return Instance(found)
        return None

    def _attribute(self, node: Node, scope: Scope) -> Value | None:
        name = node.child_by_field_name("attribute")
        holder = self.evaluate(node.child_by_field_name("object"), scope)
        return None if name is None else self.member(holder, scope.module.source.spelling(name))

    def _subscript(self, node: Node, scope: Scope) -> Value | None:
        holder = self.evaluate(node.child_by_field_name("value"), scope)
        name = self.text(node.child_by_field_name("subscript"), scope)
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
            name = self.text(given[1], scope)
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
                return self._returned(inner, node, scope)
        return None

    def _prototyped(self, pair: Node, scope: Scope) -> Value | None:
        """`CFUNCTYPE(...)(("push", lib))` is the function of the library; of another argument it makes a callback."""
        if pair.type != "tuple" or len(pair.named_children) != 2:
            return None
        name = self.text(pair.named_children[0], scope)
        library = self.evaluate(pair.named_children[1], scope)
        return NativeFunction(library, name) if name is not None and isinstance(library, Library) else None

    def library_of(self, call: Node, scope: Scope) -> str:
        """The file that a call loads, as it is written; empty when it is not."""
        arguments = call.child_by_field_name("arguments")
        given = [n for n in arguments.named_children if n.type != "comment"] if arguments is not None else []
        return self._library_text(given[0], scope) if given else ""

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

    def _returned(self, function: Scope, call: Node, scope: Scope) -> Value | None:
        """What a helper function returns at a call: a library if it returns one, else what all its returns agree on."""
        names = self
        if not self.values and _names_by_argument(function):
            bound = bound_arguments(call, scope, function)
            names = self if bound is None else self.given(*bound, self.place)
        returned = self._given_back(function, "return_statement")
        values = [names.evaluate(node, function) for node in returned if node.type != "none"]
        libraries = [value for value in values if isinstance(value, Library)]
        if libraries:
            return libraries[0]
        if not values or None in values or _is_decorated(function) or self._given_back(function, "yield"):
            return None
        return common([value for value in values if value is not None])

    def _given_back(self, function: Scope, kind: str) -> list[Node]:
        key = (id(function), kind)
        if key not in self._back:
            self._back[key] = given_back(function.node, kind)
        return self._back[key]

    def _inside(self, node: Node, scope: Scope) -> Value | None:
        return self.evaluate(node.named_children[0] if node.named_children else None, scope)


def _names_by_argument(function: Scope) -> bool:
    """May the function look up a native function by a name it is given?"""
    text = function.module.source.text[function.node.start_byte : function.node.end_byte]
    return b"getattr" in text or b".restype" in text or b".argtypes" in text


def _is_decorated(function: Scope) -> bool:
    """Does a decorator stand above that may change what calls give?"""
    above = function.node.parent
    decorators = above.named_children if above is not None and above.type == "decorated_definition" else []
    written = {function.module.source.spelling(child) for child in decorators if child.type == "decorator"}
    return bool(written - {"@staticmethod", "@classmethod"})


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
