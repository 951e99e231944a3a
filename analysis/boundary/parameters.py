"""How many arguments Python functions take, where C or ctypes calls them."""

from __future__ import annotations

from dataclasses import dataclass

from gnomon.analysis.boundary.names import Names
from gnomon.analysis.boundary.values import PythonFunction
from gnomon.analysis.syntax.python import Scope
from gnomon.analysis.syntax.tree import Source
from tree_sitter import Node

_PLAIN = ("identifier", "typed_parameter", "default_parameter", "typed_default_parameter", "list_splat_pattern")


@dataclass(frozen=True, slots=True)
class PythonParameters:
    """How many arguments a Python function takes; `maximum` is None with `*args`."""

    minimum: int
    maximum: int | None

    def misfit(self, given: int) -> int | None:
        """How many it takes instead of those given; None where these will do."""
        if given < self.minimum:
            return self.minimum
        return self.maximum if self.maximum is not None and given > self.maximum else None


def parameters_of(source: Source, function: Node) -> PythonParameters | None:
    """None where some must be given by name, or where the text is broken."""
    parameters = function.child_by_field_name("parameters")
    listed = [child for child in parameters.named_children if child.type != "comment"] if parameters is not None else []
    if any(child.type not in _PLAIN for child in listed) or (parameters is not None and parameters.has_error):
        return None
    fixed = [child for child in listed if not source.spelling(child).startswith("*")]
    needed = sum(child.type in ("identifier", "typed_parameter") for child in fixed)
    return PythonParameters(needed, len(fixed) if len(fixed) == len(listed) else None)


def parameters_of_value(node: Node, scope: Scope, names: Names) -> PythonParameters | None:
    """Of a lambda, or of a plain function by its name; methods and decorated functions may take others."""
    if node.type == "lambda":
        return parameters_of(scope.module.source, node)
    value = names.evaluate(node, scope) if node.type == "identifier" else None
    if not isinstance(value, PythonFunction):
        return None
    function, home = value.scope.node, value.scope
    is_decorated = function.parent is not None and function.parent.type == "decorated_definition"
    is_method = home.parent is not None and home.parent.kind == "class"
    return None if is_decorated or is_method else parameters_of(home.module.source, function)
