"""The shadow language and the built-in domains, in the order in which their demands are tried."""

from __future__ import annotations

from collections.abc import Sequence

from gnomon.analysis.shadows.arith import Arithmetic
from gnomon.analysis.shadows.assertions import Assertions
from gnomon.analysis.shadows.bounds import Bounds
from gnomon.analysis.shadows.defined import Defined
from gnomon.analysis.shadows.language import Domain
from gnomon.analysis.shadows.lifetime import Lifetime
from gnomon.analysis.shadows.null import Null
from gnomon.analysis.shadows.staging import StagedTable, stage_domains

BUILT_IN: tuple[type[Domain], ...] = (Null, Lifetime, Bounds, Defined, Arithmetic, Assertions)


def stage(names: Sequence[str]) -> StagedTable:
    """The table of the built-in domains of these names. Raises ValueError for a name that is none."""
    known = {domain.name: domain for domain in BUILT_IN}
    if unknown := [name for name in names if name not in known]:
        raise ValueError(f"there is no domain {unknown[0]!r}; there are {', '.join(known)}")
    return stage_domains(domain() for domain in BUILT_IN if domain.name in names)
