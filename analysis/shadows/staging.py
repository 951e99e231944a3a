"""From domains to the tables that the engine evaluates, mirroring native/shadow/table.h."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from gnomon.analysis.shadows.expression import Node, RuleError, Term, fields_of, stage_expression, term
from gnomon.analysis.shadows.language import STATIC_FIELDS, DemandMark, Domain, Event, UpdateMark


@dataclass(frozen=True, slots=True)
class StagedDemand:
    code: str
    domain: str
    message: str
    event: str
    guard: tuple[Node, ...]
    predicate: tuple[Node, ...]
    layer: int


@dataclass(frozen=True, slots=True)
class StagedLayer:
    name: str


@dataclass(frozen=True, slots=True)
class StagedUpdate:
    event: str
    layer: int
    guard: tuple[Node, ...]
    bit: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class StagedTable:
    """Demands are tried in order; an empty guard always holds."""

    demands: tuple[StagedDemand, ...]
    layers: tuple[StagedLayer, ...]
    updates: tuple[StagedUpdate, ...]


def stage_domains(domains: Iterable[Domain]) -> StagedTable:
    """Runs every rule once and records it. Raises RuleError, naming the rule, when one cannot be staged."""
    demands: list[StagedDemand] = []
    layers: list[StagedLayer] = []
    updates: list[StagedUpdate] = []
    for domain in domains:
        layer = len(layers)
        if domain.layer:
            layers.append(StagedLayer(domain.name))
        for rule in domain.rules():
            where = f"{type(domain).__name__}.{getattr(rule, '__name__', 'rule')}"
            result = _record(rule, where)
            marks: list[DemandMark | UpdateMark] = rule.marks  # type: ignore[attr-defined]
            for mark in reversed(marks):
                if isinstance(mark, DemandMark):
                    demands.append(_demand(mark, domain, layer, result, where))
                elif not domain.layer:
                    raise RuleError(f"{where}: an update needs a domain with a layer")
                else:
                    updates.append(StagedUpdate(mark.event, layer, _guard(mark.when, where), stage_expression(result)))
    return StagedTable(tuple(demands), tuple(layers), tuple(updates))


def _record(rule: Any, where: str) -> Term:
    try:
        return term(rule(Event()))
    except RuleError as error:
        raise RuleError(f"{where}: {error}") from error


def _demand(mark: DemandMark, domain: Domain, layer: int, predicate: Term, where: str) -> StagedDemand:
    if not domain.layer and any(name.startswith("shadow_") for name in fields_of(predicate)):
        raise RuleError(f"{where}: a shadow bit needs a domain with a layer")
    guard = _guard(mark.when, where)
    nodes = stage_expression(predicate)
    return StagedDemand(mark.code, domain.name, mark.message, mark.event, guard, nodes, layer if domain.layer else 0)


def _guard(when: Term | None, where: str) -> tuple[Node, ...]:
    if when is None:
        return ()
    if dynamic := fields_of(when) - STATIC_FIELDS:
        raise RuleError(f"{where}: `when` may not read {', '.join(sorted(dynamic))}: it is known only in a run")
    return stage_expression(when)
