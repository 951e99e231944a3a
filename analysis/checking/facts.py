"""What a workspace says before anything is checked."""

from __future__ import annotations

from dataclasses import dataclass

from gnomon.analysis.boundary.edges import Boundary
from gnomon.analysis.checking.finding import Finding
from gnomon.analysis.syntax.csource import SourceFacts


@dataclass(frozen=True, slots=True)
class WorkspaceFacts:
    """What navigation needs: facts by absolute path, the edges, and what could not be read.

    `parse_errors` are the compiler's, one a file; while someone types they come and go.
    """

    sources: dict[str, SourceFacts]
    boundary: Boundary
    problems: tuple[str, ...] = ()
    parse_errors: tuple[str, ...] = ()
    contracts: tuple[Finding, ...] = ()  # declarations that contradict the truth
    entries: tuple[str, ...] = ()  # keys of the functions that may be called with anything
    named: tuple[str, ...] = ()  # of functions that attributes may call, or give other names
