"""Which parts of a translation unit parse: what a compiler says of types around an error is a guess."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gnomon.analysis.syntax.csource import CCall, SourceFacts


def intact_units(sources: Iterable[SourceFacts]) -> list[SourceFacts]:
    """Units without errors outside of functions: their declarations and tables are what they seem to be."""
    return [unit for unit in sources if _bad_functions(unit) is not None]


def intact_calls(unit: SourceFacts) -> Iterator[CCall]:
    """Calls in functions without errors, in a unit whose declarations are intact."""
    bad = _bad_functions(unit)
    if bad is not None:
        yield from (call for call in unit.calls if call.function not in bad)


def _bad_functions(unit: SourceFacts) -> set[str] | None:
    """Names of the functions with errors in their bodies; None when there are errors elsewhere."""
    bad: set[str] = set()
    for diagnostic in unit.diagnostics:
        if diagnostic.severity not in ("error", "fatal"):
            continue
        around = [
            function.name
            for function in unit.functions
            if function.is_definition
            and function.path == diagnostic.path
            and function.begin_line < diagnostic.line <= function.end_line
        ]
        if diagnostic.severity == "fatal" or not around:
            return None
        bad.update(around)
    return bad
