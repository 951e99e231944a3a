"""Python values that are addresses: what ctypes gives back for `c_void_p`, a plain number."""

from __future__ import annotations

from gnomon.analysis.boundary.binding import Binding, Span
from gnomon.analysis.contracts.contradiction import Subject
from gnomon.analysis.contracts.python_calls import Calls, PassedValue
from gnomon.analysis.syntax.tree import Source, descendants
from tree_sitter import Node

_SCOPES = frozenset({"function_definition", "lambda", "class_definition", "module"})


class Addresses:
    """Finds the function that made a value, where nothing else can have made it."""

    def __init__(self, subject: Subject, calls: Calls) -> None:
        self._calls = calls
        self._makers: dict[Span, Binding] = {
            use: binding
            for binding in subject.boundary.bindings
            if binding.kind == "ctypes" and binding.restype is not None and binding.restype.text == "c_void_p"
            for use in binding.uses
        }

    def maker(self, value: PassedValue) -> str:
        """The name of the function whose result a value is: of a call, or of a variable that is assigned once."""
        if not self._makers or value.kind != "other":
            return ""
        source = self._calls.source(value.at.path)
        node = _node_at(source, value.at)
        if node is not None and node.type == "identifier":
            node = _assigned(source, node)
        function = node.child_by_field_name("function") if node is not None and node.type == "call" else None
        named = function.child_by_field_name("attribute") if function is not None else None
        binding = self._makers.get(source.span(named or function)) if function is not None else None
        return binding.native if binding is not None else ""


def _node_at(source: Source, at: Span) -> Node | None:
    found = source.root.named_descendant_for_point_range(
        (at.line - 1, at.column - 1), (at.end_line - 1, at.end_column - 1)
    )
    return found if found is not None and source.span(found) == at else None


def _assigned(source: Source, name: Node) -> Node | None:
    """The one value that a name is given in its scope; None where it is given several, or may come from elsewhere."""
    scope: Node | None = name
    while scope is not None and scope.type not in _SCOPES:
        scope = scope.parent
    if scope is None or scope.type in ("lambda", "class_definition"):
        return None
    spelled, values = source.spelling(name), list[Node | None]()
    for node in descendants(scope):
        if node.type != "identifier" or source.spelling(node) != spelled or _is_only_read(node):
            continue
        above = node.parent
        is_plain = above is not None and above.type == "assignment" and above.child_by_field_name("left") == node
        values.append(above.child_by_field_name("right") if is_plain and above is not None else None)
    return values[0] if len(values) == 1 else None


def _is_only_read(node: Node) -> bool:
    """Is a name used where nothing can be bound: as an argument, in an expression, behind `return`?"""
    at: Node | None = node
    above = node.parent
    if above is not None and above.type == "attribute":
        return True
    while above is not None and above.type in ("pattern_list", "tuple_pattern", "list_pattern", "list_splat_pattern"):
        above, at = above.parent, above
    if above is None:
        return False
    if above.type == "assignment":
        return above.child_by_field_name("left") != at
    reading = ("argument_list", "return_statement", "binary_operator", "comparison_operator", "if_statement")
    return above.type in (*reading, "not_operator", "boolean_operator", "call", "subscript", "expression_statement")
