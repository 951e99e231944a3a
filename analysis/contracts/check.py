"""All contract checks of a workspace."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from gnomon.analysis.checking.finding import Finding
from gnomon.analysis.contracts import (
    arity,
    cffi_calls,
    cffi_functions,
    cffi_layouts,
    ctypes_calls,
    ctypes_functions,
    ctypes_lifetimes,
    ctypes_objects,
    ctypes_ownership,
    ctypes_symbols,
    formats,
    keywords,
    layouts,
    member_fields,
    method_flags,
    module_state,
    modules,
    sentinels,
    stubs,
    type_slots,
)
from gnomon.analysis.contracts.contradiction import Contradiction, Subject, as_finding

__all__ = ["Subject", "findings"]

CHECKS: tuple[Callable[[Subject], Iterable[Contradiction]], ...] = (
    ctypes_functions.check,
    ctypes_calls.check,
    ctypes_objects.check,
    ctypes_ownership.check,
    ctypes_lifetimes.check,
    ctypes_symbols.check,
    layouts.check,
    cffi_functions.check,
    cffi_calls.check,
    cffi_layouts.check,
    formats.check,
    keywords.check,
    method_flags.check,
    member_fields.check,
    sentinels.check,
    type_slots.check,
    modules.check,
    module_state.check,
    arity.check,
    stubs.check,
)


def findings(subject: Subject) -> tuple[Finding, ...]:
    """Every contradiction once, in order of file and place."""
    found = dict.fromkeys(contradiction for check in CHECKS for contradiction in check(subject))
    shown = [as_finding(contradiction, subject.snapshot) for contradiction in found]
    return tuple(sorted(shown, key=lambda f: (f.path, f.line, f.column, f.code, f.message)))
