"""Stubs (.pyi) of extension modules, against what the C side has and accepts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from gnomon.analysis.boundary.binding import Binding
from gnomon.analysis.checking.finding import Tier
from gnomon.analysis.contracts.accepted import Acceptance, Accepted
from gnomon.analysis.contracts.contradiction import Contradiction, Subject
from gnomon.analysis.contracts.stub_defaults import wrong_defaults
from gnomon.analysis.contracts.stub_names import differing_names
from gnomon.analysis.syntax.tree import Source, parse_python
from tree_sitter import Node

CODE = "contract.stub"
_SOURCE_FOLDERS = ("", "src", "lib")


@dataclass(frozen=True, slots=True)
class _Declared:
    """The parameters of a function in a stub, without its object."""

    total: int
    required: int  # of the positional ones
    positional: int
    named: tuple[str, ...]  # that may be given by name
    places: tuple[tuple[int, str], ...]  # of those that may be given either way, from 0
    required_named: tuple[str, ...]  # that must be


def check(subject: Subject) -> Iterator[Contradiction]:
    """Stubs beside an extension that contradict it: functions, classes and methods whose name no C source has, calls
    that the stub allows and the C function's parser of arguments rejects, names of arguments that it does not know, or
    has in another place. What C has and a stub lacks is a warning: functions, methods, arguments, and defaults; so is a
    default that C does not take, or a number that is another one in C.

    Overloads, other decorated functions, and those with `*args` or `**kwargs` are not looked at; neither are names of
    arguments that C takes by position only, as most stubs leave out the `/`.
    """
    acceptance = subject.acceptance or Acceptance.of(subject)
    counts = Counter(binding.python for binding in subject.boundary.bindings)
    known = {b.python: b for b in subject.boundary.bindings if b.kind != "ctypes" and counts[b.python] == 1}
    for module in sorted({b.module for b in known.values() if b.kind == "function" and b.module}):
        for path in _stub_paths(subject, module):
            source = parse_python(path, subject.snapshot.text(path))
            for name, function, is_method in _functions(source, module):
                yield from _compared(subject, acceptance, known.get(name), source, function, is_method)
            yield from differing_names(subject, source, module)


def _stub_paths(subject: Subject, module: str) -> Iterator[str]:
    """Stubs of the module, unless a Python file stands beside them: `ext.pyi`, `ext/__init__.pyi`, and both in a
    package of stubs."""
    first, *rest = module.split(".")
    for folder in _SOURCE_FOLDERS:
        for package in (first, f"{first}-stubs"):
            path = subject.snapshot.root.joinpath(folder, package, *rest)
            for stub in (f"{path}.pyi", f"{path}/__init__.pyi"):
                if stub in subject.snapshot.stubs and stub.removesuffix("i") not in subject.snapshot.python_files:
                    yield stub


def _functions(source: Source, module: str) -> Iterator[tuple[str, Node, bool]]:
    """Plain functions of the module and plain methods of its classes that are declared once."""
    found: list[tuple[str, Node, bool]] = []
    for node in source.root.named_children:
        name = f"{module}.{_name(source, node)}"
        body = node.child_by_field_name("body")
        if node.type == "function_definition":
            found.append((name, node, False))
        elif node.type == "class_definition" and body is not None:
            inner = (child for child in body.named_children if child.type == "function_definition")
            found += [(f"{name}.{_name(source, child)}", child, True) for child in inner]
    counts = Counter(name for name, _, _ in found)
    yield from (each for each in found if counts[each[0]] == 1 and not each[1].has_error)


def _name(source: Source, node: Node) -> str:
    name = node.child_by_field_name("name")
    return source.spelling(name) if name is not None else ""


def _compared(
    subject: Subject, acceptance: Acceptance, binding: Binding | None, source: Source, function: Node, is_method: bool
) -> Iterator[Contradiction]:
    accepted = acceptance.of_binding(binding) if binding is not None else None
    declared = _declared(source, function, is_method)
    name = function.child_by_field_name("name")
    if binding is None or accepted is None or declared is None or name is None:
        return
    why = _refused(declared, accepted)
    less = _narrower(declared, accepted) if not why else ""
    if why or less:
        text, tier = f"`{binding.python}` {why or less}", _tier(why)
        yield Contradiction(CODE, text, source.span(name), binding.native, binding.python, accepted.truth, tier)
        return
    for value, wrong in wrong_defaults(source, function, is_method, accepted):
        text, at = f"`{binding.python}` {wrong}", source.span(value)
        yield Contradiction(CODE, text, at, binding.native, binding.python, accepted.truth, "warning")


def _tier(why: str) -> Tier:
    """A stub that allows less than C does no harm when the program runs."""
    return "error" if why else "warning"


def _refused(declared: _Declared, accepted: Accepted) -> str:
    """Why a call that the stub allows must fail: the shortest, the longest, and those with names."""
    least = accepted.refusal(declared.required, declared.required_named)
    if least:
        return f"{least}, as the stub allows"
    most = accepted.refusal(declared.positional, declared.required_named)
    if most:
        return f"{most}, as the stub allows"
    unknown = [name for name in declared.named if any(accepted.names or ()) and name not in (accepted.names or ())]
    if unknown:
        return f"has no argument named `{unknown[0]}`, as the stub says"
    names = accepted.names or ()
    moved = next(((i, n) for i, n in declared.places if n in names and names.index(n) != i), None)
    return f"has `{moved[1]}` as argument {names.index(moved[1]) + 1}, and the stub as {moved[0] + 1}" if moved else ""


def _narrower(declared: _Declared, accepted: Accepted) -> str:
    """What C takes and the stub does not; empty when the stub takes all of it."""
    if declared.total < accepted.total:
        return f"takes up to {_counted(accepted.total)}, and the stub {_counted(declared.total)}"
    demanded = declared.required + len(declared.required_named)
    if demanded > accepted.required:
        return f"needs {_counted(accepted.required)}, and the stub demands {_counted(demanded)}"
    return ""


def _counted(count: int) -> str:
    return "1 argument" if count == 1 else f"{count} arguments"


def _declared(source: Source, function: Node, is_method: bool) -> _Declared | None:
    """None where any number of arguments may follow."""
    parameters = function.child_by_field_name("parameters")
    positional: list[tuple[str, bool]] = []
    by_name: list[tuple[str, bool]] = []
    current, only_positional = positional, 0
    for child in parameters.named_children if parameters is not None else ():
        name = child if child.type == "identifier" else child.child_by_field_name("name")
        name = next(iter(child.named_children), None) if name is None else name
        if child.type == "keyword_separator":
            current = by_name
        elif child.type == "positional_separator":
            only_positional = len(positional)
        elif child.type == "comment":
            continue
        elif name is None or name.type != "identifier":
            return None
        else:
            current.append((source.spelling(name), child.type in ("default_parameter", "typed_default_parameter")))
    if is_method:
        positional, only_positional = positional[1:], max(only_positional - 1, 0)
    named = [name for name, _ in positional[only_positional:] if not name.startswith("__")] + [n for n, _ in by_name]
    required = sum(not has_default for _, has_default in positional)
    places = tuple((i, name) for i, (name, _) in enumerate(positional) if i >= only_positional)
    required_named = tuple(name for name, has_default in by_name if not has_default)
    total = len(positional) + len(by_name)
    return _Declared(total, required, len(positional), tuple(named), places, required_named)
