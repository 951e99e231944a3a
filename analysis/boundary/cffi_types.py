"""Types that Python names in a text: `ffi.new("struct s *")`, `ffi.cast("int", x)`, `ffi.callback("int(int)", f)`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gnomon.analysis.boundary.binding import Span
from gnomon.analysis.boundary.names import Names
from gnomon.analysis.boundary.parameters import PythonParameters, parameters_of, parameters_of_value
from gnomon.analysis.syntax.python import Scope
from tree_sitter import Node

TYPED = frozenset({"new", "cast", "callback", "sizeof", "alignof", "offsetof", "typeof", "from_buffer", "getctype"})


@dataclass(frozen=True, slots=True)
class CffiTyped:
    """A call of a method of an FFI object that takes the text of a type."""

    ffi: str
    method: str  # "new"
    text: str
    place: Span  # of the text
    name: Span  # of the method's name
    is_out_of_line: bool  # of a module that cffi made: it knows no type by itself
    function: PythonParameters | None = None  # that becomes a callback


def typed_call(ffi: str, method: str, call: Node, is_out_of_line: bool, scope: Scope, names: Names) -> CffiTyped | None:
    """None where the text is not known."""
    arguments, function = call.child_by_field_name("arguments"), call.child_by_field_name("function")
    given = [child for child in arguments.named_children if child.type != "comment"] if arguments is not None else []
    named = function.child_by_field_name("attribute") if function is not None else None
    text = names.text(given[0], scope) if given else None
    if text is None or named is None:
        return None
    source = scope.module.source
    taken = _called_back(call, given, scope, names) if method == "callback" else None
    return CffiTyped(ffi, method, text, source.span(given[0]), source.span(named), is_out_of_line, taken)


def _called_back(call: Node, given: Sequence[Node], scope: Scope, names: Names) -> PythonParameters | None:
    """Of the function that a callback is made of: a plain one by its name, a lambda, or the one below a decorator."""
    source = scope.module.source
    if call.parent is not None and call.parent.type == "decorator":
        above = call.parent.parent
        below = above.child_by_field_name("definition") if above is not None else None
        is_method = scope.kind == "class"
        lone = above is not None and sum(child.type == "decorator" for child in above.named_children) == 1
        return parameters_of(source, below) if below is not None and lone and not is_method else None
    if len(given) < 2:
        return None
    return parameters_of_value(given[1], scope, names)
