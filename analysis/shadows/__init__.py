"""The shadow language and the built-in domains, in the order in which their demands are tried."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from gnomon.analysis.shadows.arith import Arithmetic
from gnomon.analysis.shadows.assertions import Assertions
from gnomon.analysis.shadows.bounds import Bounds
from gnomon.analysis.shadows.call import Call
from gnomon.analysis.shadows.defined import Defined, Variables
from gnomon.analysis.shadows.exception import Exceptions
from gnomon.analysis.shadows.gil import Gil
from gnomon.analysis.shadows.language import Domain
from gnomon.analysis.shadows.lifetime import Lifetime
from gnomon.analysis.shadows.nul import NulTerminated
from gnomon.analysis.shadows.null import Null
from gnomon.analysis.shadows.owner import Owner
from gnomon.analysis.shadows.resource import Resource
from gnomon.analysis.shadows.slot import Slots
from gnomon.analysis.shadows.stack import Stack
from gnomon.analysis.shadows.staging import StagedTable, joined, stage_domains
from gnomon.analysis.shadows.taint import Taint
from gnomon.analysis.shadows.type import Types
from gnomon.analysis.shadows.wraparound import Wraparound

BUILT_IN: tuple[type[Domain], ...] = (
    Variables,
    Defined,
    Null,
    Call,
    Resource,
    Stack,
    Owner,
    Lifetime,
    Types,
    NulTerminated,
    Bounds,
    Arithmetic,
    Assertions,
    Exceptions,
    Gil,
    Slots,
    Taint,
    Wraparound,
)
NAMES = tuple(domain.name for domain in BUILT_IN)
OPTIONAL = (Taint.name, Wraparound.name)
DEFAULT = tuple(name for name in NAMES if name not in OPTIONAL)


def stage(names: Sequence[str], own: Iterable[StagedTable] = (), followed: Sequence[str] = ()) -> StagedTable:
    """The table of the built-in domains of these names, and of a project's own; of those `followed`, without their
    demands. Raises ValueError for a name that is none."""
    if unknown := [name for name in names if name not in NAMES]:
        raise ValueError(f"there is no domain {unknown[0]!r}; there are {', '.join(NAMES)}")
    built_in = stage_domains(domain() for domain in BUILT_IN if domain.name in {*names, *followed})
    checked = replace(built_in, demands=tuple(demand for demand in built_in.demands if demand.domain in names))
    return joined((checked, *own))
