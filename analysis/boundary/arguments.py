"""Which argument of a call each parameter of a Python function stands for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gnomon.analysis.syntax.python import Scope
from tree_sitter import Node

# What names stand for in one run of some code: by the scope's id and the name, an expression and its own scope.
Values = dict[tuple[int, str], tuple[Node, Scope]]
Rest = dict[tuple[int, str], tuple[Sequence[Node], Scope]]  # the arguments that `*rest` takes


def parameters(function: Scope) -> tuple[list[str], str, Mapping[str, Node]] | None:
    """Names of the positional parameters, of `*rest`, and defaults; None for shapes that are not followed."""
    listed = function.node.child_by_field_name("parameters")
    source = function.module.source
    plain: list[str] = []
    rest, defaults = "", dict[str, Node]()
    for parameter in listed.named_children if listed is not None else []:
        match parameter.type:
            case "identifier":
                plain.append(source.spelling(parameter))
            case "typed_parameter" if parameter.named_children[0].type == "identifier":
                plain.append(source.spelling(parameter.named_children[0]))
            case "default_parameter" | "typed_default_parameter":
                name, value = parameter.child_by_field_name("name"), parameter.child_by_field_name("value")
                if name is None or value is None:
                    return None
                plain.append(source.spelling(name))
                defaults[plain[-1]] = value
            case "list_splat_pattern" if not rest:
                rest = source.spelling(parameter.named_children[0])
            case "comment" | "positional_separator":
                pass
            case _:
                return None
    return plain, rest, defaults


def bound_arguments(call: Node, scope: Scope, function: Scope) -> tuple[Values, Rest] | None:
    """What each parameter stands for at a call, and the rest; None when that is not certain."""
    known, arguments = parameters(function), call.child_by_field_name("arguments")
    if known is None or arguments is None:
        return None
    plain, rest, defaults = known
    if function.own_name and plain and plain[0] == function.own_name:
        plain = plain[1:]
    source = scope.module.source
    values: Values = {(id(function), name): (value, function) for name, value in defaults.items()}
    positional: list[Node] = []
    for argument in arguments.named_children:
        match argument.type:
            case "comment":
                pass
            case "keyword_argument":
                name, value = argument.child_by_field_name("name"), argument.child_by_field_name("value")
                if name is None or value is None or source.spelling(name) not in plain:
                    return None
                values[id(function), source.spelling(name)] = (value, scope)
            case "list_splat" | "dictionary_splat" | "ERROR":
                return None
            case _:
                positional.append(argument)
    values |= {(id(function), name): (value, scope) for name, value in zip(plain, positional, strict=False)}
    if len(positional) > len(plain) and not rest:
        return None
    more: tuple[Sequence[Node], Scope] = (positional[len(plain) :], scope)
    return values, {(id(function), rest): more} if rest else {}
