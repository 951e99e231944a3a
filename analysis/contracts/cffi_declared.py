"""What a `cdef` says, as the compiler's own reader of C understands it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from gnomon.analysis.boundary.binding import Binding, Span
from gnomon.analysis.boundary.cffi import CffiInterface
from gnomon.analysis.boundary.cffi_text import compilable
from gnomon.analysis.contracts.contradiction import Subject
from gnomon.analysis.metamodel import Alias, Enumeration, FunctionType, Record
from gnomon.analysis.syntax.csource import SourceFacts
from gnomon.analysis.syntax.tree import parse_c

_ROUND_BOUND = 8


@dataclass(frozen=True, slots=True)
class Declared:
    """Of one FFI object; the types of its functions by name, of its own and of included texts."""

    interface: CffiInterface
    functions: dict[str, FunctionType]
    types: tuple[Record | Enumeration | Alias, ...]
    text: str  # as a C compiler reads it, without what does not compile

    def record(self, named: Record) -> Record | None:
        """A structure with the members that the text gives it."""
        if named.members is not None:
            return named
        found = [t for t in self.types if isinstance(t, Record) and t.name == named.name and t.kind == named.kind]
        return found[0] if found and found[0].members is not None else None


def declared_interfaces(subject: Subject) -> Iterator[Declared]:
    """Of each text the declarations that are certain: those that do not compile, and what uses them, are left out."""
    if subject.declarations is None:
        return
    for interface in subject.boundary.interfaces:
        text, facts = _intact(compilable(interface.text), subject.declarations)
        if facts is not None:
            functions = {f.name: f.type for f in facts.functions if f.type is not None}
            yield Declared(interface, functions, facts.types, text)


def _intact(text: str, declarations: Callable[[str], SourceFacts]) -> tuple[str, SourceFacts | None]:
    """What a text declares without its errors. Bounded: what is left out may leave others without a type."""
    for _ in range(_ROUND_BOUND):
        facts = declarations(text)
        lines = {d.line for d in facts.diagnostics if d.severity in ("error", "fatal")}
        if not lines:
            return text, facts
        shorter = _without(text, lines)
        if shorter == text:
            break
        text = shorter
    return text, None


def _without(text: str, lines: set[int]) -> str:
    """The text without the declarations that stand in some lines, which stay as empty ones."""
    source = parse_c("", text)
    kept = text.split("\n")
    for node in source.root.named_children:
        first, last = node.start_point.row, node.end_point.row
        if any(first < line <= last + 1 for line in lines):
            kept[first : last + 1] = [""] * (last + 1 - first)
    return "\n".join(kept)


def called_through(subject: Subject, declared: Declared) -> Iterator[tuple[Binding, FunctionType, Span]]:
    """The edges of an FFI object's functions, with their declared types and where these are written."""
    places = {d.place for d in declared.interface.declarations}
    for binding in subject.boundary.bindings:
        if binding.kind == "cffi" and binding.declared in places and binding.native in declared.functions:
            yield binding, declared.functions[binding.native], binding.declared
