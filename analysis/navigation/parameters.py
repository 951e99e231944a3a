"""The parameters of C functions, from the text of their signatures."""

from __future__ import annotations

from dataclasses import dataclass

from gnomon.analysis.syntax.tree import Source, descendants, parse_c
from tree_sitter import Node


@dataclass(frozen=True, slots=True)
class CParameter:
    """`text` is the whole declaration, "const char *name"; `name` is empty where it has none."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class CParameters:
    items: tuple[CParameter, ...]
    is_variadic: bool = False


def parameters_of(signature: str, name: str) -> CParameters | None:
    """The parameters of the function `name` in its signature; None when the signature tells nothing of them."""
    source = parse_c("", f"{signature};")
    for node in descendants(source.root):
        declarator = node.child_by_field_name("declarator") if node.type == "function_declarator" else None
        if declarator is not None and source.spelling(declarator) == name:
            listed = node.child_by_field_name("parameters")
            return _listed(source, listed) if listed is not None else None
    return None


def _listed(source: Source, listed: Node) -> CParameters | None:
    """None for `()`, which before C23 says nothing, and for what is no plain list."""
    children = [child for child in listed.named_children if child.type != "comment"]
    if not children or any(child.type not in ("parameter_declaration", "variadic_parameter") for child in children):
        return None
    items = [_parameter(source, child) for child in children if child.type == "parameter_declaration"]
    if len(items) == 1 and items[0].text == "void":
        items = []
    return CParameters(tuple(items), any(child.type == "variadic_parameter" for child in children))


def _parameter(source: Source, node: Node) -> CParameter:
    text = " ".join(source.spelling(node).split())
    at = node.child_by_field_name("declarator")
    while at is not None and at.type != "identifier":
        inner = at.child_by_field_name("declarator")
        if inner is None and at.type == "parenthesized_declarator":
            inner = at.named_children[0] if at.named_children else None
        at = inner
    return CParameter(source.spelling(at) if at is not None else "", text)
