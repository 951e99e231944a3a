"""Calls from Python that the C function's parser of arguments must reject."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from gnomon.analysis.boundary.binding import Binding, Span
from gnomon.analysis.contracts.accepted import Acceptance, Accepted
from gnomon.analysis.contracts.contradiction import Contradiction, Subject
from gnomon.analysis.contracts.literals import REFUSED, SHOWN, TAKEN, literal_kind
from gnomon.analysis.syntax.tree import Source
from tree_sitter import Node

CODE = "contract.arity"
_EXPECTS = ("TypeError", "raises(", "Raises(", "xfail", "expectedFailure")


def check(subject: Subject) -> Iterator[Contradiction]:
    """Calls of extension functions, methods and types with a number of arguments, or keywords, or literals, that the C
    side rejects with TypeError each time: an argument for `METH_NOARGS`, two for `METH_O`, fewer or more than the
    format has, a string for the `i` of a format.

    Only where it is certain which C function is called, and that it parses its arguments first, once, and fails when
    that fails. Calls with `*` or `**` are not looked at, nor calls in a function that mentions TypeError or `raises`,
    or inside `try` with an `except`.
    """
    acceptance = subject.acceptance or Acceptance.of(subject)
    wanted: dict[str, list[tuple[Span, Binding, Accepted]]] = defaultdict(list)
    for binding in _certain(subject.boundary.bindings):
        accepted = acceptance.of_binding(binding) if binding.uses else None
        for use in binding.uses if accepted is not None else ():
            assert accepted is not None
            wanted[use.path].append((use, binding, accepted))
    for path, uses in wanted.items():
        source = subject.source(path)
        lines = source.text.split(b"\n")
        for use, binding, accepted in uses:
            text = binding.python, lines[use.end_line - 1][use.end_column - 1 :]
            call = _call(source, use) if text not in acceptance.fitting else None
            if call is None:
                continue
            refused, fails_unbound = _refusal(source, call, accepted)
            if not refused and call.end_point.row == use.end_line - 1 and not call.has_error:
                acceptance.fitting.add(text)  # the same call, written again, need not be looked at
            elif refused and _is_certain(source, call, binding, fails_unbound):
                message = f"`{binding.python}` {refused}"
                yield Contradiction(CODE, message, use, binding.native, binding.python, accepted.truth)


def _certain(bindings: tuple[Binding, ...]) -> Iterator[Binding]:
    """Those whose Python name means one native function only."""
    by_name: dict[str, list[Binding]] = defaultdict(list)
    for binding in bindings:
        if binding.kind != "ctypes":
            by_name[binding.python].append(binding)
    yield from (same[0] for same in by_name.values() if len(same) == 1)


def _call(source: Source, use: Span) -> Node | None:
    """The call of what is named there."""
    begin, end = (use.line - 1, use.column - 1), (use.end_line - 1, use.end_column - 1)
    node = source.root.named_descendant_for_point_range(begin, end)
    if node is not None and node.parent is not None and node.parent.type == "attribute":
        node = node.parent if node.parent.child_by_field_name("attribute") == node else None
    call = node.parent if node is not None else None
    return call if call is not None and call.type == "call" and call.child_by_field_name("function") == node else None


def _refusal(source: Source, call: Node, accepted: Accepted) -> tuple[str, bool]:
    """Why the call must fail, or nothing; and would it still, if its first argument was the object of a method?"""
    given = call.child_by_field_name("arguments")
    if given is None or call.has_error:
        return "", False
    is_generator = given.type == "generator_expression"
    arguments = [given] if is_generator else [child for child in given.named_children if child.type != "comment"]
    if any(child.type in ("list_splat", "dictionary_splat") for child in arguments):
        return "", False
    named = [child.child_by_field_name("name") for child in arguments if child.type == "keyword_argument"]
    keywords = [source.spelling(name) for name in named if name is not None]
    count = len(arguments) - len(keywords)
    why = accepted.refusal(count, keywords)
    refused = why or _refused_literal(source, arguments, accepted)
    return refused, not count or bool(why and accepted.refusal(count - 1, keywords))


def _is_certain(source: Source, call: Node, binding: Binding, fails_unbound: bool) -> bool:
    """Is the call meant to succeed, and is it one of the method of an object?"""
    may_be_unbound = binding.kind == "method" and not fails_unbound
    return not _expects_failure(source, call) and not (may_be_unbound and not _is_of_instance(source, call))


def _refused_literal(source: Source, arguments: list[Node], accepted: Accepted) -> str:
    """The first literal that the unit of its item rejects, as the end of a sentence."""
    for position, node in enumerate(arguments):
        name, value = node.child_by_field_name("name"), node.child_by_field_name("value")
        shown = f"argument {position + 1}"
        if node.type == "keyword_argument":
            if name is None or value is None or source.spelling(name) not in (accepted.names or ()):
                continue
            position, shown = (accepted.names or ()).index(source.spelling(name)), f"`{source.spelling(name)}`"
            node = value
        kind = literal_kind(source, node)
        if kind and position < len(accepted.units) and kind in REFUSED.get(accepted.units[position], ()):
            return f"takes {TAKEN[accepted.units[position]]} as {shown}, and {SHOWN[kind]} is given"
    return ""


def _is_of_instance(source: Source, call: Node) -> bool:
    """Is the method one of a fresh object, or of a name that is only ever assigned the results of calls? Else it may be
    `Type.method(self, ...)`."""
    function = call.child_by_field_name("function")
    holder = function.child_by_field_name("object") if function is not None else None
    if holder is None or holder.type != "identifier":
        return holder is not None and holder.type == "call"
    name = re.escape(source.text[holder.start_byte : holder.end_byte])
    assigned = re.findall(rb"\b" + name + rb"[ \t]*=(?!=)[ \t]*(.*)", source.text)
    return bool(assigned) and all(re.match(rb"[\w.]+\(", value) for value in assigned)


def _expects_failure(source: Source, call: Node) -> bool:
    """Is the call perhaps there to fail?"""
    above, outermost = call.parent, None
    while above is not None:
        if above.type == "lambda" or (
            above.type == "try_statement" and any(c.type.startswith("except") for c in above.children)
        ):
            return True
        if above.type in ("function_definition", "with_statement", "decorated_definition", "class_definition"):
            outermost = above if above.type != "class_definition" else outermost
        above = above.parent
    text = source.spelling(outermost) if outermost is not None else ""
    return any(word in text for word in _EXPECTS)
