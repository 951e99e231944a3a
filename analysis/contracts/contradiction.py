"""A declaration that contradicts the truth."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from gnomon.analysis.boundary.binding import Span
from gnomon.analysis.boundary.edges import Boundary
from gnomon.analysis.boundary.headers import Headers
from gnomon.analysis.checking.finding import Finding, Fix, Step, Tier
from gnomon.analysis.syntax.csource import SourceFacts
from gnomon.analysis.syntax.tree import Source, parse_c, parse_python
from gnomon.analysis.workspace import Snapshot

if TYPE_CHECKING:
    from gnomon.analysis.contracts.accepted import Acceptance


class Declarations(Protocol):
    """What a C text declares itself, and of those names through the headers that it includes."""

    def __call__(self, text: str, names: Sequence[str] = (), folders: Sequence[str] = ()) -> SourceFacts: ...


@dataclass(frozen=True, slots=True)
class Subject:
    """What the checks look at: both sides of the boundary, joined."""

    snapshot: Snapshot
    sources: dict[str, SourceFacts]
    boundary: Boundary
    # Of a C function by its key: which parameters it keeps, and the key of the function that calls them later.
    kept_callbacks: Callable[[str], Sequence[tuple[int, str]]] = lambda key: ()
    parsed: Callable[[str], Source] | None = None  # the trees that the boundary was read from
    declarations: Declarations | None = None  # what a C text declares
    headers: Headers | None = None
    parsed_c: Callable[[str], Source] | None = None
    acceptance: Acceptance | None = None  # of these sources, if that is known already

    def source(self, path: str) -> Source:
        """The tree of a Python file."""
        return self.parsed(path) if self.parsed is not None else parse_python(path, self.snapshot.text(path))

    def c_source(self, path: str) -> Source:
        """The tree of a C file."""
        return self.parsed_c(path) if self.parsed_c is not None else parse_c(path, self.snapshot.text(path))


@dataclass(frozen=True, slots=True)
class Contradiction:
    """`at` is what is wrong, `truth` is where the truth is written, if anywhere; both have absolute paths.

    A contradiction is certain: where a name, a type or a value is not known, a check says nothing.
    """

    code: str  # "contract.argtypes"
    message: str
    at: Span
    function: str = ""  # the C function or structure it is about
    python: str = ""  # what Python calls it
    truth: Span | None = None
    tier: Tier = "error"
    fixes: tuple[Fix, ...] = ()


def as_finding(contradiction: Contradiction, snapshot: Snapshot) -> Finding:
    """For reports: the truth is the one step that leads there."""
    at = contradiction.at
    path = snapshot.relative(at.path)
    identity = "\0".join((contradiction.code, path, contradiction.function, contradiction.message))
    return Finding(
        id=hashlib.sha256(identity.encode()).hexdigest()[:12],
        code=contradiction.code,
        tier=contradiction.tier,
        state="confirmed",
        message=contradiction.message,
        path=path,
        line=at.line,
        column=at.column,
        function=contradiction.function,
        entry=contradiction.python,
        inputs=(),
        steps=_steps(contradiction.truth, snapshot),
        end_column=at.end_column if at.end_line == at.line else 0,
        fixes=contradiction.fixes,
    )


def _steps(truth: Span | None, snapshot: Snapshot) -> tuple[Step, ...]:
    if truth is None:
        return ()
    return (Step(snapshot.relative(truth.path), truth.line, snapshot.line(truth.path, truth.line).strip()),)
