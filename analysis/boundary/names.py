"""What Python expressions stand for, as far as that is certain: libraries, native functions, names of other modules.

A name with several bindings stands for something only when no binding contradicts it. Where a value is not known the
answer is None: a use that is not certain is no use.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from gnomon.analysis.boundary.annotations import annotated
from gnomon.analysis.boundary.arguments import Rest, Values
from gnomon.analysis.boundary.arrivals import arriving, indirect_calls
from gnomon.analysis.boundary.binding import Span
from gnomon.analysis.boundary.calls import call, element_of, part_of, returned
from gnomon.analysis.boundary.declaring import declaring_modules
from gnomon.analysis.boundary.members import member, star_member, submodule
from gnomon.analysis.boundary.objects import (
    augmented,
    binary,
    class_of,
    context,
    either,
    subscript,
    unary,
)
from gnomon.analysis.boundary.registries import Item, global_of, item_of
from gnomon.analysis.boundary.texts import certain_text
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
    Value,
    common,
    joined,
    likeliest,
)
from gnomon.analysis.boundary.written import literal_item, passed, written
from gnomon.analysis.syntax.python import Bound, PythonModule, Scope, given_back
from gnomon.analysis.syntax.reaching import reaching
from tree_sitter import Node

DEPTH_BOUND = 40  # names followed for one expression
DEPTH_OF_RUNS = 4  # helpers that are followed with the arguments of the calls that lead to them
RUN_BOUND = 200  # of these for one expression
STEP_BOUND = 200  # expressions looked at for one, before what a cycle cut short counts as unknown


_UNDER_WAY = Module("")


@dataclass(slots=True)
class _Progress:
    """Of the evaluation of the outermost expression."""

    depth: int = 0
    steps: int = 0
    runs: int = 0  # helpers that were followed with their arguments
    cuts: int = 0  # evaluations that a cycle or a bound cut short


@dataclass(slots=True)
class Names:
    """Evaluates expressions of a set of modules. `native` are the names that C extensions provide, dotted."""

    modules: Mapping[str, PythonModule]
    native: Mapping[str, NativeName] = field(default_factory=dict)
    is_wide: bool = False  # alternatives count: what a name may stand for, where it is not certain
    _known: dict[tuple[int, int], Value | None] = field(
        default_factory=dict
    )  # by scope and node; lives as long as self
    parts: dict[tuple[int, int, int], Value | None] = field(default_factory=dict)  # by scope, node and index
    _back: dict[tuple[int, str], list[Node]] = field(
        default_factory=dict
    )  # what functions give back, by scope and kind
    _progress: _Progress = field(default_factory=_Progress)  # shared with all runs
    values: Values = field(default_factory=dict)
    rest: Rest = field(default_factory=dict)
    place: Span | None = None  # of the call or row that gives the values
    _indirect: dict[str, list[tuple[Node, Scope]]] = field(default_factory=dict)  # calls, by module
    _wide: Names | None = None
    declares: dict[int, bool] = field(default_factory=dict)  # does a node's code declare functions? by its id
    receivers: Mapping[int, Instance] = field(default_factory=dict)  # of the methods that run, by their class's id
    runs: int = 0  # runs inside of runs that led here
    root: Names | None = None  # what it is a run of
    touched: frozenset[int] = frozenset()  # the scopes with names that the run gives values to, by id
    registries: dict[tuple[int, str], dict[str, list[Item]]] = field(default_factory=dict)  # by scope and name
    _parts: frozenset[str] | None = None
    _declaring: frozenset[str] | None = None
    _written: set[tuple[int, int]] = field(default_factory=set)  # under way: `x = x.y` is a part of itself

    def given(self, values: Values, rest: Rest, place: Span | None, receiver: Instance | None = None) -> Names:
        """The same names in one run of some code, where a few have known values, on an object where it is a method."""
        return Names(
            self.modules,
            self.native,
            self.is_wide,
            _back=self._back,
            _progress=self._progress,
            values=self.values | values,
            rest=rest,
            place=place,
            declares=self.declares,
            receivers=self.receivers if receiver is None else {**self.receivers, id(receiver.scope): receiver},
            runs=self.runs + 1,
            root=self.root or self,
            touched=self.touched
            | {scope for scope, _ in (*values, *rest)}
            | ({id(receiver.scope)} if receiver else set()),
            _indirect=self._indirect,
            _declaring=self._declaring,
        )

    def widened(self) -> Names:
        """The same names, where alternatives count."""
        if self.is_wide:
            return self
        if self._wide is None:
            self._wide = Names(self.modules, self.native, True, _indirect=self._indirect)
        return self._wide

    def _is_touched(self, scope: Scope) -> bool:
        """Does this run give values to names that the scope sees?"""
        at: Scope | None = scope
        while at is not None and id(at) not in self.touched:
            at = at.parent
        return at is not None

    @property
    def declaring(self) -> frozenset[str]:
        """The modules that declare functions, and all that import them."""
        if self._declaring is None:
            self._declaring = declaring_modules(self.modules)
        return self._declaring

    @property
    def native_parts(self) -> frozenset[str]:
        """The last parts of all names that C extensions provide."""
        if self._parts is None:
            self._parts = frozenset(name.rpartition(".")[2] for name in self.native)
        return self._parts

    def indirect_calls(self, module: PythonModule) -> list[tuple[Node, Scope]]:
        """The calls of a module that may call a function by another name."""
        if module.name not in self._indirect:
            self._indirect[module.name] = indirect_calls(module)
        return self._indirect[module.name]

    def may_follow(self) -> bool:
        """May one more helper be followed with the arguments of a call? Each is evaluated anew."""
        self._progress.runs += 1
        return self.runs < DEPTH_OF_RUNS and self._progress.runs <= RUN_BOUND

    def deeper(self, evaluate: Callable[[], Value | None]) -> Value | None:
        """One step further through names and modules, which may lead in circles; None when it has been too many."""
        if self._progress.depth >= DEPTH_BOUND:
            return None
        self._progress.depth += 1
        try:
            return evaluate()
        finally:
            self._progress.depth -= 1

    def given_back(self, function: Scope, kind: str) -> list[Node]:
        """The expressions of a function's return statements, or yields."""
        key = (id(function), kind)
        if key not in self._back:
            self._back[key] = given_back(function.node, kind)
        return self._back[key]

    def given_back_by(self, function: Scope) -> list[Value | None]:
        """All that a function returns or yields, None aside."""
        listed = [*self.given_back(function, "return_statement"), *self.given_back(function, "yield")]
        return [self.evaluate(node, function) for node in listed if node.type != "none"]

    def member(self, value: Value | None, name: str) -> Value | None:
        """`value.name`"""
        return member(self, value, name)

    def returned(self, function: Scope, call: Node, scope: Scope) -> Value | None:
        """What a function of the workspace's Python gives back at a call."""
        return returned(self, function, call, scope)

    def element_of(self, node: Node, scope: Scope, index: int | None = None) -> Value | None:
        """What a loop over an expression gives; `index`: one part of that."""
        return element_of(self, node, scope, index)

    def join(self, values: Sequence[Value | None]) -> Value | None:
        """The one thing that all values are; where alternatives count, any of them that is known."""
        if self.is_wide:
            return joined(values)
        return common([v for v in values if v is not None]) if values and None not in values else None

    def given_for(self, node: Node, scope: Scope) -> tuple[Node, Scope] | None:
        """The expression that this run gives a name."""
        home = self.home(node, scope)
        return None if home is None else self.values.get((id(home), scope.module.source.spelling(node)))

    def passed(self, node: Node, scope: Scope) -> tuple[Node, Scope]:
        """The expression that this run gives for a name, or for a part of what it gives; else the expression itself."""
        return passed(self, node, scope)

    def rest_for(self, node: Node, scope: Scope) -> tuple[Sequence[Node], Scope] | None:
        home = self.home(node, scope)
        return None if home is None else self.rest.get((id(home), scope.module.source.spelling(node)))

    @staticmethod
    def home(node: Node, scope: Scope) -> Scope | None:
        """The scope whose name an identifier is."""
        name = scope.module.source.spelling(node) if node.type == "identifier" else ""
        at: Scope | None = scope if name else None
        while at is not None and not ((at is scope or at.kind != "class") and name in at.names):
            at = at.parent
        return at

    def is_builtin(self, node: Node, scope: Scope) -> bool:
        """Is it a plain name that nothing in the module binds?"""
        return node.type == "identifier" and self.home(node, scope) is None

    def written(self, node: Node, scope: Scope) -> tuple[Node, Scope]:
        """The expression behind a name that is bound once, or a part of a literal; else the expression itself."""
        key = node.id, id(scope)
        if key in self._written:
            return node, scope
        self._written.add(key)
        try:
            return written(self, node, scope)
        finally:
            self._written.discard(key)

    def text(self, node: Node | None, scope: Scope) -> str | None:
        """The string that an expression is for certain."""
        return None if node is None else certain_text(self, node, scope)

    def evaluate(self, node: Node | None, scope: Scope) -> Value | None:
        """What an expression stands for in a scope; None when that is not certain."""
        if node is None or node.type not in _EVALUATORS:
            return None
        if self.root is not None and not self._is_touched(scope):
            return self.root.evaluate(node, scope)
        if self._progress.depth >= DEPTH_BOUND:
            self._progress.cuts += 1
            return None
        key = (id(scope), node.id)
        if key in self._known:
            self._progress.cuts += self._known[key] is _UNDER_WAY
            return None if self._known[key] is _UNDER_WAY else self._known[key]
        self._known[key] = _UNDER_WAY  # a name defined through itself stands for nothing
        if self._progress.depth == 0:
            self._progress.steps = self._progress.runs = 0
        self._progress.steps += 1
        self._progress.depth += 1
        cuts = self._progress.cuts
        try:
            value = _EVALUATORS[node.type](self, node, scope)
        finally:
            self._progress.depth -= 1
            del self._known[key]
        # What a cycle cut short may be known another time; but nothing is tried without end.
        if (
            value is not None
            or cuts == self._progress.cuts
            or self._progress.depth == 0
            or self._progress.steps > STEP_BOUND
        ):
            self._known[key] = value
        return value

    def _identifier(self, node: Node, scope: Scope) -> Value | None:
        return self.value_of(scope.module.source.spelling(node), scope, node)

    def value_of(self, name: str, scope: Scope, use: Node | None = None) -> Value | None:
        """What a name stands for in a scope; at a use of it, where that is given."""
        if scope.own_name == name and scope.parent is not None:
            return self.receivers.get(id(scope.parent)) or Instance(scope.parent)
        at: Scope | None = scope
        while at is not None:
            if (at is scope or at.kind != "class") and name in at.names:
                given = self.values.get((id(at), name))
                if given is not None:
                    return self.evaluate(*given)
                places = at.names[name]
                return self.bound(reaching(places, use) if use is not None and at is scope else places, name, at)
            at = at.parent
        top = scope.module.top
        return self.deeper(lambda: global_of(self, name, top)) or star_member(self, name, top)

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

    def bound(self, places: Sequence[Bound], name: str, scope: Scope) -> Value | None:
        """The one value of all places that bind a name. A library may be loaded in several ways, or be None at first;
        an object must be made the same way everywhere."""
        values = [self.of_place(place, name, scope) for place in places]
        if self.is_wide:
            return joined(values)
        known = [v for v in values if v is not None]
        if not known or any(place.kind in ("unknown", "parameter") for place in places):
            return None
        if any(type(v) is not type(known[0]) for v in known):
            return None
        library = likeliest(known)
        if library is not None:
            if library.name:
                return library
            return replace(library, name=f"{scope.name}.{name}", is_local=scope.kind == "function")
        if len(known) != len(places) and isinstance(known[0], (Made, Instance)):
            return None
        return common(known)

    def of_place(self, place: Bound, name: str, scope: Scope) -> Value | None:
        scope = place.home or scope
        match place.kind:
            case "import":
                if place.member and place.module == scope.module.name:  # `from . import _native` in the package itself
                    return submodule(self, f"{place.module}.{place.member}")
                return self.member(Module(place.module), place.member) if place.member else Module(place.module)
            case "value":
                return part_of(self, place.node, place.index, scope)
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

    def _arriving(self, parameter: Bound, name: str, scope: Scope) -> Value | None:
        return arriving(self, parameter, name, scope) if scope.kind == "function" else None

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
        held = node.child_by_field_name("value")
        kept = item_of(self, held, name, scope) if name is not None and held is not None else None
        if kept is not None:
            return kept
        inner = literal_item(self, node, scope)
        if inner is not None:
            return self.deeper(lambda: self.evaluate(*inner))
        index = node.child_by_field_name("subscript")
        if holder is None and held is not None and index is not None and index.type == "integer":
            row, home = self.written(held, scope)
            part = part_of(self, row, int(scope.module.source.spelling(index), 0), home) if row.type == "call" else None
            if part is not None:
                return part
        return subscript(self, holder, node, scope)

    def _named(self, node: Node, scope: Scope) -> Value | None:
        return self.evaluate(node.child_by_field_name("value"), scope)

    def _lambda(self, node: Node, scope: Scope) -> Value | None:
        return PythonFunction(scope.inner[node.id]) if node.id in scope.inner else None

    def _inside(self, node: Node, scope: Scope) -> Value | None:
        return self.evaluate(node.named_children[0] if node.named_children else None, scope)


_EVALUATORS: dict[str, Callable[[Names, Node, Scope], Value | None]] = {
    "identifier": Names._identifier,
    "attribute": Names._attribute,
    "subscript": Names._subscript,
    "call": call,
    "parenthesized_expression": Names._inside,
    "binary_operator": binary,
    "unary_operator": unary,
    "boolean_operator": either,
    "conditional_expression": either,
    "named_expression": Names._named,
    "lambda": Names._lambda,
}
