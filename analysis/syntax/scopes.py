"""The scopes of a Python module, and what binds names in them.

A body is read when somebody first asks for what is in it: of a large file, most functions never are.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from gnomon.analysis.syntax.tree import Source
from tree_sitter import Node

if TYPE_CHECKING:
    from gnomon.analysis.syntax.python import PythonModule


_TUPLES = frozenset({"pattern_list", "tuple_pattern", "list_pattern"})


@dataclass(frozen=True, slots=True)
class Bound:
    """One place that binds a name: an import (`module`, and `member` of it), or a node of the tree.

    An "element" is one of what the node gives when it is iterated over; a "context" what it gives to `with`; of an
    "annotated" name the node is the type; an "augmented" one is written by the node, as `name += value`. `index`: which
    one of the value, or of the element, where a tuple is taken apart.
    """

    kind: Literal[
        "import", "value", "element", "context", "augmented", "annotated", "parameter", "class", "function", "unknown"
    ]
    node: Node
    module: str = ""
    member: str = ""
    index: int | None = None
    home: Scope | None = None  # whose names the node sees, where a function binds a `global` name


@dataclass(slots=True, eq=False)
class Scope:
    """A module, class or function."""

    kind: Literal["module", "class", "function"]
    name: str  # dotted, from the module down
    node: Node
    module: PythonModule
    parent: Scope | None = None
    own_name: str = ""  # of a method: its first parameter
    _unread: Node | None = None  # the body
    _names: dict[str, list[Bound]] = field(default_factory=dict)
    _stars: list[str] = field(default_factory=list)
    _inner: dict[int, Scope] = field(default_factory=dict)
    _set: dict[str, list[Bound]] = field(default_factory=dict)
    _items: dict[str, list[tuple[Node, Node]]] = field(default_factory=dict)
    _attributes: dict[str, list[tuple[Bound, Scope]]] | None = None
    _globals: set[str] = field(default_factory=set)  # that a function declares

    @property
    def names(self) -> dict[str, list[Bound]]:
        self._read()
        return self._names

    @property
    def stars(self) -> list[str]:
        """Modules of `from m import *`."""
        self._read()
        return self._stars

    @property
    def inner(self) -> dict[int, Scope]:
        """By node id of the class or function."""
        self._read()
        return self._inner

    @property
    def set_on_self(self) -> dict[str, list[Bound]]:
        """What a method assigns to attributes of its first parameter."""
        self._read()
        return self._set

    @property
    def items(self) -> dict[str, list[tuple[Node, Node]]]:
        """What `name[key] = value` puts into names: keys and values."""
        self._read()
        return self._items

    @property
    def attributes(self) -> dict[str, list[tuple[Bound, Scope]]]:
        """Those that methods of a class set through `self`, each with the method."""
        if self._attributes is None:
            self._attributes = {}
            for method in self.inner.values() if self.kind == "class" else ():
                for name, places in method.set_on_self.items() if method.kind == "function" else ():
                    self._attributes.setdefault(name, []).extend((bound, method) for bound in places)
        return self._attributes

    def _read(self) -> None:
        if self._unread is not None:
            body, self._unread = self._unread, None
            _collect(body, self)
            if self.kind == "module":
                _read_globals(self)


def _read_globals(scope: Scope) -> None:
    """Reads the functions that bind names of the module."""
    text = scope.module.source.text
    for inner in scope.inner.values() if b"global " in text[scope.node.start_byte : scope.node.end_byte] else ():
        _read_globals(inner)


def given_back(function: Node, kind: str) -> list[Node]:
    """The expressions that a function returns, or yields; a bare one gives nothing."""
    found, waiting = [], list(function.named_children)
    while waiting:
        node = waiting.pop()
        if node.type in ("function_definition", "class_definition", "lambda"):
            continue
        if node.type == kind and node.named_children:
            found.append(node.named_children[0])
        waiting.extend(node.named_children)
    return found[::-1]


def loops_around(node: Node, scope: Scope) -> list[Node]:
    """The loops of a scope around one of its nodes."""
    found, above = [], node.parent
    while above is not None and above.id != scope.node.id:
        if above.type in ("for_statement", "while_statement"):
            found.append(above)
        above = above.parent
    return found


def _collect(node: Node, scope: Scope) -> None:
    """Fills a scope from the statements below `node`; classes and functions get scopes of their own."""
    waiting: list[Node] = list(reversed(node.children))
    while waiting:
        child = waiting.pop()
        match child.type:
            case "class_definition" | "function_definition":
                _open(child, scope)
            case "import_statement":
                _import(child, scope)
            case "import_from_statement":
                _import_from(child, scope)
            case "assignment" | "named_expression":
                _assign(child, scope)
                waiting.extend(reversed(child.children))
            case "for_statement" | "for_in_clause":
                _loop(child, scope)
                waiting.extend(reversed(child.children))
            case "augmented_assignment":
                _augmented(child, scope)
                waiting.extend(reversed(child.children))
            case "as_pattern":
                _context(child, scope)
                waiting.extend(reversed(child.children))
            case "global_statement":
                scope._globals.update(map(scope.module.source.spelling, child.named_children))
            case "nonlocal_statement":
                for name in child.named_children:
                    _unknown(name, scope)
            case "lambda":
                _open_lambda(child, scope)
            case _:
                waiting.extend(reversed(child.children))


def _open(node: Node, scope: Scope) -> None:
    name_node, body = node.child_by_field_name("name"), node.child_by_field_name("body")
    if name_node is None:
        return
    source = scope.module.source
    name = source.spelling(name_node)
    kind: Literal["class", "function"] = "class" if node.type == "class_definition" else "function"
    scope.names.setdefault(name, []).append(Bound(kind, node))
    inner = Scope(kind, f"{scope.name}.{name}", node, scope.module, scope, _unread=body)
    scope._inner[node.id] = inner
    _bind_parameters(node, inner)
    parameters = node.child_by_field_name("parameters")
    if parameters is not None and parameters.named_children and scope.kind == "class" and not _is_static(node, source):
        inner.own_name = source.spelling(_parameter_name(parameters.named_children[0]))


def _open_lambda(node: Node, scope: Scope) -> None:
    inner = Scope(
        "function",
        f"{scope.name}.<lambda>",
        node,
        scope.module,
        scope,
        _unread=node.child_by_field_name("body"),
    )
    scope._inner[node.id] = inner
    _bind_parameters(node, inner)


def _bind_parameters(function: Node, inner: Scope) -> None:
    parameters = function.child_by_field_name("parameters")
    for parameter in parameters.named_children if parameters is not None else []:
        annotation = parameter.child_by_field_name("type")
        name = _parameter_name(parameter)
        bound = Bound("parameter", parameter) if annotation is None else Bound("annotated", annotation)
        if name.type != "identifier":  # of *rest and **options
            name = name.named_children[0] if name.named_children else name
            bound = Bound("unknown", name)
        inner._names.setdefault(inner.module.source.spelling(name), []).append(bound)


def _parameter_name(parameter: Node) -> Node:
    named = parameter.child_by_field_name("name")
    if named is not None:
        return named
    return parameter.named_children[0] if parameter.named_children else parameter


def _is_static(node: Node, source: Source) -> bool:
    return "@staticmethod" in _decorators(node, source)


def decorators(scope: Scope) -> list[str]:
    """As they are written above a function or class, each with its @."""
    return _decorators(scope.node, scope.module.source)


def _decorators(node: Node, source: Source) -> list[str]:
    above = node.parent
    listed = above.named_children if above is not None and above.type == "decorated_definition" else []
    return [source.spelling(child) for child in listed if child.type == "decorator"]


def _import(node: Node, scope: Scope) -> None:
    source = scope.module.source
    for child in node.named_children:
        if child.type == "aliased_import":
            name, alias = child.child_by_field_name("name"), child.child_by_field_name("alias")
            if name is not None and alias is not None:
                bound = Bound("import", child, source.spelling(name))
                scope.names.setdefault(source.spelling(alias), []).append(bound)
        elif child.type == "dotted_name":
            first = source.spelling(child).split(".")[0]
            scope.names.setdefault(first, []).append(Bound("import", child, first))


def _import_from(node: Node, scope: Scope) -> None:
    source = scope.module.source
    origin = node.child_by_field_name("module_name")
    if origin is None:
        return
    module = _absolute(source.spelling(origin), scope.module)
    for child in node.named_children:
        if child == origin:
            continue
        if child.type == "wildcard_import":
            scope.stars.append(module)
        elif child.type == "aliased_import":
            name, alias = child.child_by_field_name("name"), child.child_by_field_name("alias")
            if name is not None and alias is not None:
                bound = Bound("import", child, module, source.spelling(name))
                scope.names.setdefault(source.spelling(alias), []).append(bound)
        elif child.type == "dotted_name":
            name_text = source.spelling(child)
            scope.names.setdefault(name_text, []).append(Bound("import", child, module, name_text))


def _absolute(written: str, module: PythonModule) -> str:
    """`..m` in package a.b.c is a.m; a relative import beyond the top stays unresolvable."""
    rest = written.lstrip(".")
    level = len(written) - len(rest)
    if level == 0:
        return rest
    parts = module.name.split(".")
    drop = level - 1 if module.is_package else level
    return ".".join([*parts[: len(parts) - drop], *([rest] if rest else [])])


def _assign(node: Node, scope: Scope) -> None:
    target = node.child_by_field_name("left") or node.child_by_field_name("name")
    value = node.child_by_field_name("right") or node.child_by_field_name("value")
    if target is None or value is None:
        return
    while value.type == "assignment":  # a = b = value
        value = value.child_by_field_name("right") or value.children[-1]
    _bind(target, value, "value", scope)


def _bind(target: Node, value: Node, kind: Literal["value", "element"], scope: Scope) -> None:
    """Binds the names of a target; a tuple's are taken from the value written for each, or by index."""
    name = scope.module.source.spelling(target) if target.type == "identifier" else ""
    if name in scope._globals:
        scope.module.top.names.setdefault(name, []).append(Bound(kind, value, home=scope))
    elif name:
        scope.names.setdefault(name, []).append(Bound(kind, value))
    elif target.type == "attribute" and kind == "value":
        _assign_attribute(target, value, scope)
    elif target.type == "subscript" and kind == "value":
        _put(target, value, scope)
    elif target.type in _TUPLES and not any(child.type == "list_splat_pattern" for child in target.named_children):
        parts = value.named_children if kind == "value" and value.type in ("expression_list", "tuple") else []
        for index, inner in enumerate(target.named_children):
            if len(parts) == len(target.named_children):
                _bind(inner, parts[index], kind, scope)
            elif inner.type == "identifier":
                name = scope.module.source.spelling(inner)
                scope.names.setdefault(name, []).append(Bound(kind, value, index=index))
            else:
                _unknown(inner, scope)
    else:
        _unknown(target, scope)


def _augmented(node: Node, scope: Scope) -> None:
    target = node.child_by_field_name("left")
    if target is not None and target.type == "identifier":
        scope.names.setdefault(scope.module.source.spelling(target), []).append(Bound("augmented", node))


def _context(node: Node, scope: Scope) -> None:
    """`value as name` of a with statement; other names after `as` are not followed."""
    above, target = node.parent, node.child_by_field_name("alias")
    name = target.named_children[0] if target is not None and target.named_children else None
    if name is None:
        return
    if above is not None and above.type == "with_item" and name.type == "identifier":
        bound = Bound("context", node.named_children[0])
        scope.names.setdefault(scope.module.source.spelling(name), []).append(bound)
    else:
        _unknown(name, scope)


def _assign_attribute(target: Node, value: Node, scope: Scope) -> None:
    source = scope.module.source
    holder, name = target.child_by_field_name("object"), target.child_by_field_name("attribute")
    owner = scope.parent
    if holder is None or name is None or owner is None or owner.kind != "class" or not scope.own_name:
        return
    if source.spelling(holder) == scope.own_name:
        scope._set.setdefault(source.spelling(name), []).append(Bound("value", value))


def _put(target: Node, value: Node, scope: Scope) -> None:
    holder, keys = target.child_by_field_name("value"), target.children_by_field_name("subscript")
    name = scope.module.source.spelling(holder) if holder is not None else ""
    if holder is not None and (holder.type == "identifier" or name == "globals()") and len(keys) == 1:
        scope._items.setdefault(name, []).append((keys[0], value))


def _loop(node: Node, scope: Scope) -> None:
    target, iterated = node.child_by_field_name("left"), node.child_by_field_name("right")
    if target is not None and iterated is not None:
        _bind(target, iterated, "element", scope)


def _unknown(target: Node | None, scope: Scope) -> None:
    waiting = [target] if target is not None else []
    while waiting:
        node = waiting.pop()
        if node.type == "identifier":
            scope.names.setdefault(scope.module.source.spelling(node), []).append(Bound("unknown", node))
        elif node.type not in ("attribute", "subscript", "call"):
            waiting.extend(node.named_children)
