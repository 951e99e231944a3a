"""All contract checks of a workspace."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from gnomon.analysis.boundary.edges import Boundary
from gnomon.analysis.checking.finding import Finding
from gnomon.analysis.contracts import (
    arity,
    cffi_calls,
    cffi_functions,
    cffi_headers,
    cffi_layouts,
    cffi_passed,
    cffi_types,
    clinic_tables,
    ctypes_calls,
    ctypes_flags,
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
from gnomon.analysis.contracts.accepted import Acceptance
from gnomon.analysis.contracts.contradiction import Contradiction, Subject, as_finding

__all__ = ["Checks", "Subject", "findings"]

Check = Callable[[Subject], Iterable[Contradiction]]

CHECKS: tuple[Check, ...] = (
    ctypes_functions.check,
    ctypes_calls.check,
    ctypes_objects.check,
    ctypes_flags.check,
    ctypes_ownership.check,
    ctypes_lifetimes.check,
    ctypes_symbols.check,
    layouts.check,
    cffi_functions.check,
    cffi_calls.check,
    cffi_layouts.check,
    cffi_headers.check,
    cffi_types.check,
    cffi_passed.check,
    formats.check,
    keywords.check,
    clinic_tables.check,
    method_flags.check,
    member_fields.check,
    sentinels.check,
    type_slots.check,
    modules.check,
    module_state.check,
    arity.check,
    stubs.check,
)


# These look at C sources alone: what they found holds while Python is edited.
OF_C = frozenset(
    {
        *(formats.check, keywords.check, clinic_tables.check, method_flags.check, member_fields.check),
        *(sentinels.check, type_slots.check, modules.check, module_state.check),
    }
)
_PROJECT = ("pyproject.toml", "setup.py", "setup.cfg")  # they say which versions of Python the sources are for


@dataclass(slots=True)
class Checks:
    """All checks, of one workspace as it changes."""

    _stamp: object = None  # of the C side
    _of_c: dict[Check, tuple[Contradiction, ...]] = field(default_factory=dict)
    _acceptance: Acceptance | None = None

    def findings(self, subject: Subject) -> tuple[Finding, ...]:
        """Every contradiction once, in order of file and place."""
        stamp = _c_side(subject)
        if stamp != self._stamp:
            self._stamp, self._of_c = stamp, {}
            self._acceptance = Acceptance.of(subject)
        whole = replace(subject, acceptance=self._acceptance)
        found = dict.fromkeys(c for check in CHECKS for c in self._said(check, whole))
        shown = [as_finding(contradiction, subject.snapshot) for contradiction in found]
        return tuple(sorted(shown, key=lambda f: (f.path, f.line, f.column, f.code, f.message)))

    def _said(self, check: Check, subject: Subject) -> Iterable[Contradiction]:
        if check not in OF_C:
            return check(subject)
        if check not in self._of_c:
            self._of_c[check] = tuple(check(replace(subject, boundary=Boundary())))
        return self._of_c[check]


def _c_side(subject: Subject) -> object:
    snapshot = subject.snapshot
    project = [str(snapshot.root / name) for name in _PROJECT]
    texts = tuple((path, snapshot.version(path)) for path in (*snapshot.c_files, *snapshot.headers, *project))
    return snapshot.root, texts, snapshot.extensions, snapshot.commands, tuple(subject.sources.items())


def findings(subject: Subject) -> tuple[Finding, ...]:
    """Every contradiction of a workspace as it stands."""
    return Checks().findings(subject)
