"""The shadow language and the built-in domains, in the order in which their demands are tried."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gnomon.analysis.shadows.arith import Arithmetic
from gnomon.analysis.shadows.assertions import Assertions
from gnomon.analysis.shadows.bounds import Bounds
from gnomon.analysis.shadows.call import Call
from gnomon.analysis.shadows.defined import Defined, Variables
from gnomon.analysis.shadows.language import Domain
from gnomon.analysis.shadows.lifetime import Lifetime
from gnomon.analysis.shadows.nul import NulTerminated
from gnomon.analysis.shadows.null import Null
from gnomon.analysis.shadows.resource import Resource
from gnomon.analysis.shadows.staging import StagedTable, joined, stage_domains
from gnomon.analysis.shadows.wraparound import Wraparound

BUILT_IN: tuple[type[Domain], ...] = (
    Variables,
    Defined,
    Null,
    Call,
    Resource,
    Lifetime,
    NulTerminated,
    Bounds,
    Arithmetic,
    Assertions,
    Wraparound,
)
NAMES = tuple(domain.name for domain in BUILT_IN)
DEFAULT = tuple(name for name in NAMES if name != Wraparound.name)


def stage(names: Sequence[str], own: Iterable[StagedTable] = ()) -> StagedTable:
    """The table of the built-in domains of these names, and of a project's own. Raises ValueError for a name that is
    none."""
    if unknown := [name for name in names if name not in NAMES]:
        raise ValueError(f"there is no domain {unknown[0]!r}; there are {', '.join(NAMES)}")
    return joined((stage_domains(domain() for domain in BUILT_IN if domain.name in names), *own))
