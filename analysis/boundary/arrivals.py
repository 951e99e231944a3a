"""What a parameter may stand for: what calls in the same module pass, its default, and the fixture of that name that
pytest passes to a test. Possible values only: other modules may call the function, too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gnomon.analysis.boundary.arguments import bound_arguments
from gnomon.analysis.boundary.values import Instance, PythonClass, PythonFunction, Value, alternatives, joined
from gnomon.analysis.syntax.python import Bound, PythonModule, Scope, calls_named, decorators
from tree_sitter import Node

if TYPE_CHECKING:
    from gnomon.analysis.boundary.names import Names

CALL_BOUND = 40  # calls of one function that are looked at


def arriving(names: Names, parameter: Bound, name: str, function: Scope) -> Value | None:
    """What may be passed for a parameter of a function."""
    default = parameter.node.child_by_field_name("value")
    values = [names.evaluate(default, function.parent) if default is not None and function.parent else None]
    values += [names.evaluate(*given) for given in passed_for(names, name, function)]
    if _is_fixture(function) or function.name.rsplit(".", 1)[-1].startswith("test"):
        values.append(_fixture(names, name, function))
        values += _parametrized(names, name, function)
    return joined(values)


def passed_for(names: Names, name: str, function: Scope) -> list[tuple[Node, Scope]]:
    """The arguments that calls in the same module pass for a parameter, each with the scope that it is written in."""
    found = []
    for call, scope in _calls_of(names, function):
        bound = bound_arguments(call, scope, function)
        given = bound[0].get((id(function), name)) if bound is not None else None
        found += [given] if given is not None else []
    return found


def _calls_of(names: Names, function: Scope) -> list[tuple[Node, Scope]]:
    """The calls of its module that call a function: by its name, or by what a variable or table holds."""
    if function.node.type == "lambda":
        listed = names.indirect_calls(function.module)
    else:
        short, owner = function.name.rsplit(".", 1)[-1], function.parent
        is_maker = short == "__init__" and owner is not None
        listed = calls_named(function.module, owner.name.rsplit(".", 1)[-1] if is_maker and owner else short)
    return [(call, scope) for call, scope in listed[:CALL_BOUND] if _is_of(names, call, scope, function)]


def _is_of(names: Names, call: Node, scope: Scope, function: Scope) -> bool:
    for callee in alternatives(names.evaluate(call.child_by_field_name("function"), scope)):
        match callee:
            case PythonFunction(found) if found is function:
                return True
            case PythonClass(found) if found is function.parent:
                return True
    return False


def indirect_calls(module: PythonModule) -> list[tuple[Node, Scope]]:
    """What may call a function by another name: an argument of a function, an item of a table."""
    found = []
    for expression in module.expressions:
        callee = expression.node.child_by_field_name("function") if expression.node.type == "call" else None
        if callee is not None and (callee.type == "subscript" or _is_argument(callee, expression.scope)):
            found.append((expression.node, expression.scope))
    return found


def _is_argument(callee: Node, scope: Scope) -> bool:
    name = scope.module.source.spelling(callee) if callee.type == "identifier" else ""
    return any(
        bound.kind in ("parameter", "annotated", "element") or bound.node.type == "lambda"
        for bound in scope.names.get(name, ())
    )


def _parametrized(names: Names, name: str, test: Scope) -> list[Value | None]:
    """What `@pytest.mark.parametrize("name", values)` passes."""
    above, outer = test.node.parent, test.parent
    found: list[Value | None] = []
    for decorator in above.named_children if above is not None and outer is not None else []:
        call = decorator.named_children[0] if decorator.type == "decorator" and decorator.named_children else None
        function = call.child_by_field_name("function") if call is not None and call.type == "call" else None
        arguments = call.child_by_field_name("arguments") if call is not None else None
        if function is None or arguments is None or outer is None:
            continue
        given = [child for child in arguments.named_children if child.type != "comment"]
        is_named = len(given) > 1 and outer.module.source.string_value(given[0]) == name
        if is_named and outer.module.source.spelling(function).endswith("parametrize"):
            rows, home = names.written(given[1], outer)
            found += [names.evaluate(row, home) for row in rows.named_children]
    return found


def _is_fixture(function: Scope) -> bool:
    return any("fixture" in text for text in decorators(function))


def _fixture(names: Names, name: str, test: Scope) -> Value | None:
    """What the fixture of that name gives: of the module itself, else of the nearest conftest.py."""
    home = test.module.name.split(".")[:-1]
    folders = [".".join([*home[:length], "conftest"]) for length in range(len(home), -1, -1)]
    nearby = [names.modules[folder] for folder in folders if folder in names.modules]
    for module in (test.module, *nearby):
        for bound in module.top.names.get(name, ()):
            if bound.kind == "function" and _is_fixture(found := module.top.inner[bound.node.id]):
                return joined(names.given_back_by(found))
    return None


def instances_registered(names: Names, scope: Scope) -> list[Value]:
    """Objects of the classes that were registered with an abstract class: `Shape.register(Circle)`."""
    found: list[Value] = []
    for call, inside in calls_named(scope.module, "register"):
        found += _registered(names, call, inside, scope)
    for module in names.modules.values():
        if module is not scope.module and scope.module.name in module.imported:
            for call, inside in calls_named(module, "register"):
                found += _registered(names, call, inside, scope)
    return found


def _registered(names: Names, call: Node, inside: Scope, scope: Scope) -> list[Value]:
    function, arguments = call.child_by_field_name("function"), call.child_by_field_name("arguments")
    holder = names.evaluate(function.child_by_field_name("object"), inside) if function is not None else None
    if holder != PythonClass(scope) or arguments is None or len(arguments.named_children) != 1:
        return []
    values = alternatives(names.evaluate(arguments.named_children[0], inside))
    return [Instance(v.scope) if isinstance(v, PythonClass) else v for v in values]
