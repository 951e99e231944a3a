"""What Python expressions stand for, as far as that is certain: libraries, native functions, names of other modules.

A name with several bindings stands for something only when no binding contradicts it. Where a value is not known the
answer is None: a use that is not certain is no use.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from gnomon.analysis.boundary.annotations import annotated
from gnomon.analysis.boundary.arguments import Rest, Values, bound_arguments
from gnomon.analysis.boundary.arrivals import arriving, calls_by_name, instances_registered
from gnomon.analysis.boundary.binding import Span
from gnomon.analysis.boundary.libraries import library_text
from gnomon.analysis.boundary.objects import (
    augmented,
    binary,
    class_of,
    context,
    either,
    element,
    given_by,
    passed_on,
    subscript,
    unary,
)
from gnomon.analysis.boundary.values import (
    External,
    Instance,
    Library,
    Made,
    Module,
    NativeFunction,
    NativeName,
    PythonClass,
    PythonFunction,
    Several,
    Value,
    alternatives,
    common,
    joined,
)
from gnomon.analysis.syntax.python import Bound, PythonModule, Scope, decorators, given_back
from gnomon.analysis.syntax.reaching import reaching
from tree_sitter import Node

DEPTH_BOUND = 40  # names followed for one expression
STEP_BOUND = 200  # expressions looked at for one, before what a cycle cut short counts as unknown

LOADERS = frozenset(
    {"CDLL", "PyDLL", "WinDLL", "OleDLL", "cdll.LoadLibrary", "pydll.LoadLibrary", "windll.LoadLibrary"}
)
PROTOTYPES = frozenset({"CFUNCTYPE", "PYFUNCTYPE", "WINFUNCTYPE"})
_EMPTY_BASES = frozenset({"object", "unittest.TestCase"})  # with nothing that an extension's name could mean
_PROPERTIES = frozenset({"@property", "@cached_property", "@functools.cached_property"})
_OF_EVERY_CLASS = frozenset({"__init__", "__new__", "__class__", "register"})
_LOADERS = frozenset(f"ctypes.{name}" for name in LOADERS)


_UNDER_WAY = Module("")


@dataclass(slots=True)
class Names:
    """Evaluates expressions of a set of modules. `native` are the names that C extensions provide, dotted."""

    modules: Mapping[str, PythonModule]
    native: Mapping[str, NativeName] = field(default_factory=dict)
    is_wide: bool = False  # alternatives count: what a name may stand for, where it is not certain
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
    _calls: dict[str, dict[str, list[tuple[Node, Scope]]]] = field(default_factory=dict)  # by module and name
    _wide: Names | None = None
    _parts: frozenset[str] | None = None

    def given(self, values: Values, rest: Rest, place: Span | None) -> Names:
        """The same names in one run of some code, where a few have known values."""
        return Names(
            self.modules,
            self.native,
            self.is_wide,
            _depth=self._depth,
            values=self.values | values,
            rest=rest,
            place=place,
            _calls=self._calls,
        )

    def widened(self) -> Names:
        """The same names, where alternatives count."""
        if self.is_wide:
            return self
        if self._wide is None:
            self._wide = Names(self.modules, self.native, True, _calls=self._calls)
        return self._wide

    @property
    def native_parts(self) -> frozenset[str]:
        """The last parts of all names that C extensions provide."""
        if self._parts is None:
            self._parts = frozenset(name.rpartition(".")[2] for name in self.native)
        return self._parts

    def calls_by_name(self, module: PythonModule) -> dict[str, list[tuple[Node, Scope]]]:
        """The calls of a module by the last part of what is called."""
        if module.name not in self._calls:
            self._calls[module.name] = calls_by_name(module)
        return self._calls[module.name]

    def join(self, values: Sequence[Value | None]) -> Value | None:
        """The one thing that all values are; where alternatives count, any of them that is known."""
        if self.is_wide:
            return joined(values)
        return common([v for v in values if v is not None]) if values and None not in values else None

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
                if len(places) != 1 or places[0].kind != "value" or places[0].index is not None:
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
        return self.value_of(scope.module.source.spelling(node), scope, node)

    def value_of(self, name: str, scope: Scope, use: Node | None = None) -> Value | None:
        """What a name stands for in a scope; at a use of it, where that is given."""
        if scope.own_name == name and scope.parent is not None:
            return Instance(scope.parent)
        at: Scope | None = scope
        while at is not None:
            if (at is scope or at.kind != "class") and name in at.names:
                given = self.values.get((id(at), name))
                if given is not None:
                    return self.evaluate(*given)
                places = at.names[name]
                return self._bound(reaching(places, use) if use is not None and at is scope else places, name, at)
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

    def _bound(self, places: Sequence[Bound], name: str, scope: Scope) -> Value | None:
        """The one value of all places that bind a name. A library may be loaded in several ways, or be None at first;
        an object must be made the same way everywhere."""
        values = [self._place(place, name, scope) for place in places]
        if self.is_wide:
            return joined(values)
        known = [v for v in values if v is not None]
        if not known or any(place.kind in ("unknown", "parameter") for place in places):
            return None
        if any(type(v) is not type(known[0]) for v in known):
            return None
        if isinstance(known[0], Library):
            return replace(known[0], name=known[0].name or f"{scope.name}.{name}")
        if len(known) != len(places) and isinstance(known[0], (Made, Instance)):
            return None
        return common(known)

    def _place(self, place: Bound, name: str, scope: Scope) -> Value | None:
        match place.kind:
            case "import":
                if place.member and place.module == scope.module.name:  # `from . import _native` in the package itself
                    return self._submodule(f"{place.module}.{place.member}")
                return self.member(Module(place.module), place.member) if place.member else Module(place.module)
            case "value":
                return self._part(place.node, place.index, scope)
            case "element":
                return self.element_of(place.node, scope, place.index)
            case "context":
                return context(self, place.node, scope)
            case "augmented":
                return augmented(self, place.node, scope)
            case "annotated":
                found = annotated(self, place.node, scope)
                return found or (self._arriving(place, name, scope) if self.is_wide else None)
            case "parameter" if self.is_wide:
                return self._arriving(place, name, scope)
            case "class":
                return PythonClass(scope.inner[place.node.id])
            case "function":
                library = self.wrapped(place.node, scope)
                if library is not None:
                    return NativeFunction(library, name)
                return PythonFunction(scope.inner[place.node.id])
        return None

    def _part(self, node: Node, index: int | None, scope: Scope) -> Value | None:
        """A value, or one part of the tuple that it is: of a literal, or of what a function returns."""
        if index is None:
            return self.evaluate(node, scope)
        while node.type == "parenthesized_expression" and node.named_children:
            node = node.named_children[0]
        if node.type in ("tuple", "expression_list"):
            parts = [child for child in node.named_children if child.type != "comment"]
            return self.evaluate(parts[index], scope) if index < len(parts) else None
        function = self.evaluate(node.child_by_field_name("function"), scope) if node.type == "call" else None
        if not isinstance(function, PythonFunction) or _is_decorated(function.scope):
            return None
        returned = self._given_back(function.scope, "return_statement")
        return self.join([self._part(value, index, function.scope) for value in returned if value.type != "call"])

    def _arriving(self, parameter: Bound, name: str, scope: Scope) -> Value | None:
        return arriving(self, parameter, name, scope) if scope.kind == "function" else None

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
            case Several(values):
                return joined([self.member(one, name) for one in values])
            case Module(module):
                return self._module_member(module, name)
            case External(outer):
                return self._external_member(outer, name)
            case Made(callee):
                return External(f"{callee}.{name}")
            case Library() if not name.startswith("__") and name not in ("_handle", "_name", "_FuncPtr"):
                return NativeFunction(value, name)
            case PythonClass(scope):
                return self._class_member(scope, name)
            case Instance(scope):
                return self._instance_member(scope, name)
        return None

    def _external_member(self, outer: str, name: str) -> Value | None:
        """A member of a name of another module; of a getter, of the object that it gives."""
        native = self.native.get(outer)
        if native is None or native.kind != "getset":
            return External(f"{outer}.{name}")
        gives = native.gives
        types = gives.types if gives is not None and (self.is_wide or gives.is_all) else ()
        if gives is not None and gives.is_self:
            types = (*types, outer.rpartition(".")[0])
        return self.join([External(f"{type_}.{name}") for type_ in types])

    def _instance_member(self, scope: Scope, name: str) -> Value | None:
        """Of a property, what it gives."""
        found = self._class_member(scope, name)
        if isinstance(found, PythonFunction) and any(text in _PROPERTIES for text in decorators(found.scope)):
            return self.join(self.given_back_by(found.scope))
        if self.is_wide and name not in _OF_EVERY_CLASS:
            registered = [self.member(one, name) for one in instances_registered(self, scope)]
            return joined([found, *registered])
        return found

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
            values = [self._place(bound, name, inner) for bound, inner in scope.attributes[name]]
            known = [value for value in values if value is not None]
            if self.is_wide:
                return joined(known) or self._declared_member(scope, name)
            if not known:
                return None
            first = known[0]
            if isinstance(first, Library):
                same = all(isinstance(value, Library) for value in known)
                return replace(first, name=first.name or f"{scope.name}.{name}") if same else None
            return common(known) if len(known) == len(values) or not isinstance(first, (Made, Instance)) else None
        return self._declared_member(scope, name)

    def _declared_member(self, scope: Scope, name: str) -> Value | None:
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
                    case Several() as several:
                        found = self.member(several, name)
                        if found is not None:
                            return found
                    case _ if not self.is_wide:
                        return None
        finally:
            self._depth -= 1
        return None

    def element_of(self, node: Node, scope: Scope, index: int | None = None) -> Value | None:
        """What a loop's variable stands for: the one kind of thing in a literal, that a generator yields, or that an
        object gives; `index`: which part of it."""
        if node.type in ("list", "tuple", "set", "expression_list"):
            rows = [child for child in node.named_children if child.type != "comment"]
            if index is not None:
                rows = [row.named_children[index] for row in rows if len(row.named_children) > index]
            return self.join([self.evaluate(row, scope) for row in rows])
        called = node.child_by_field_name("function") if node.type == "call" else None
        arguments = node.child_by_field_name("arguments") if node.type == "call" else None
        if called is not None and arguments is not None and called.type == "identifier":
            given = [child for child in arguments.named_children if child.type != "comment"]
            match scope.module.source.spelling(called), index:
                case "enumerate", 1 if given:
                    return self.element_of(given[0], scope)
                case "zip", int(part) if part < len(given):
                    return self.element_of(given[part], scope)
                case "reversed" | "sorted" | "list" | "tuple" | "iter", _ if given:
                    return self.element_of(given[0], scope, index)
        if index is not None:
            return None
        function = self.evaluate(called, scope)
        yielded = self._given_back(function.scope, "yield") if isinstance(function, PythonFunction) else []
        if isinstance(function, PythonFunction) and yielded:
            is_plain = not _is_decorated(function.scope)
            return self.join([self.evaluate(one, function.scope) for one in yielded]) if is_plain else None
        return element(self, self.evaluate(node, scope), node, scope)

    def _attribute(self, node: Node, scope: Scope) -> Value | None:
        name = node.child_by_field_name("attribute")
        holder = self.evaluate(node.child_by_field_name("object"), scope)
        spelled = scope.module.source.spelling(name) if name is not None else ""
        return class_of(holder) if spelled == "__class__" else self.member(holder, spelled) if spelled else None

    def _subscript(self, node: Node, scope: Scope) -> Value | None:
        holder = self.evaluate(node.child_by_field_name("value"), scope)
        name = self.text(node.child_by_field_name("subscript"), scope)
        if name is not None and isinstance(holder, Library):
            return NativeFunction(holder, name)
        if name is not None and holder == External("ctypes.cdll"):
            return Library(name)
        return subscript(self, holder, node, scope)

    def _call(self, node: Node, scope: Scope) -> Value | None:
        function, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
        if function is None or arguments is None:
            return None
        source = scope.module.source
        given = [child for child in arguments.named_children if child.type != "comment"]
        if function.type == "identifier" and source.spelling(function) == "getattr" and len(given) >= 2:
            name = self.text(given[1], scope)
            return None if name is None else self.member(self.evaluate(given[0], scope), name)
        called = self.evaluate(function, scope)
        if called is None and function.type == "identifier":
            return passed_on(self, source.spelling(function), given, node, scope)
        return self.join([self._called(one, node, given, scope) for one in alternatives(called)])

    def _called(self, function: Value, node: Node, given: list[Node], scope: Scope) -> Value | None:
        match function:
            case External(name) if name in _LOADERS:
                return Library(library_text(self, given[0], scope) if given else "")
            case External(name):
                passed = passed_on(self, name, given, node, scope)
                return passed or given_by(self, function, self._receiver(node, scope), node, scope)
            case Made(callee) if callee.removeprefix("ctypes.") in PROTOTYPES and given:
                return self._prototyped(given[0], scope)
            case PythonClass(inner):
                return Instance(inner)
            case PythonFunction(inner):
                return self.returned(inner, node, scope)
        return None

    def _receiver(self, call: Node, scope: Scope) -> Value | None:
        """The object or class before the dot of what is called."""
        function = call.child_by_field_name("function")
        return self.evaluate(function.child_by_field_name("object"), scope) if function is not None else None

    def _prototyped(self, pair: Node, scope: Scope) -> Value | None:
        """`CFUNCTYPE(...)(("push", lib))` is the function of the library; of another argument it makes a callback."""
        if pair.type != "tuple" or len(pair.named_children) != 2:
            return None
        name = self.text(pair.named_children[0], scope)
        library = self.evaluate(pair.named_children[1], scope)
        return NativeFunction(library, name) if name is not None and isinstance(library, Library) else None

    def returned(self, function: Scope, call: Node, scope: Scope) -> Value | None:
        """What a helper function returns at a call: a library if it returns one, else what all its returns agree on."""
        names = self
        if not self.values and _names_by_argument(function):
            bound = bound_arguments(call, scope, function)
            names = self if bound is None else self.given(*bound, self.place)
        returned = self._given_back(function, "return_statement")
        if function.node.type == "lambda":
            returned = [body] if (body := function.node.child_by_field_name("body")) is not None else []
        values = [names.evaluate(node, function) for node in returned if node.type != "none"]
        libraries = [value for value in values if isinstance(value, Library)]
        if libraries:
            return libraries[0]
        if _is_decorated(function) or self._given_back(function, "yield"):
            return None
        return self.join(values)

    def given_back_by(self, function: Scope) -> list[Value | None]:
        """All that a function returns or yields, None aside."""
        listed = [*self._given_back(function, "return_statement"), *self._given_back(function, "yield")]
        return [self.evaluate(node, function) for node in listed if node.type != "none"]

    def _given_back(self, function: Scope, kind: str) -> list[Node]:
        key = (id(function), kind)
        if key not in self._back:
            self._back[key] = given_back(function.node, kind)
        return self._back[key]

    def _named(self, node: Node, scope: Scope) -> Value | None:
        return self.evaluate(node.child_by_field_name("value"), scope)

    def _lambda(self, node: Node, scope: Scope) -> Value | None:
        return PythonFunction(scope.inner[node.id]) if node.id in scope.inner else None

    def _inside(self, node: Node, scope: Scope) -> Value | None:
        return self.evaluate(node.named_children[0] if node.named_children else None, scope)


def _names_by_argument(function: Scope) -> bool:
    """May the function look up a native function by a name it is given?"""
    text = function.module.source.text[function.node.start_byte : function.node.end_byte]
    return b"getattr" in text or b".restype" in text or b".argtypes" in text


def _is_decorated(function: Scope) -> bool:
    """Does a decorator stand above that may change what calls give?"""
    return bool(set(decorators(function)) - {"@staticmethod", "@classmethod"})


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
    "binary_operator": binary,
    "unary_operator": unary,
    "boolean_operator": either,
    "conditional_expression": either,
    "named_expression": Names._named,
    "lambda": Names._lambda,
}
