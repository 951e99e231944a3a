"""From domains to the tables that the engine evaluates, mirroring native/shadow/table.h."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
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
    functions: tuple[str, ...]
    argument: int
    rule: str  # "domain.rule"


@dataclass(frozen=True, slots=True)
class StagedLayer:
    name: str
    is_in_memory: bool


@dataclass(frozen=True, slots=True)
class StagedUpdate:
    event: str
    layer: int
    guard: tuple[Node, ...]
    bit: tuple[Node, ...]
    target: str
    functions: tuple[str, ...]
    argument: int


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
        if domain.layer or domain.state:
            layers.append(StagedLayer(domain.name, domain.in_memory))
        for rule in domain.rules():
            name = getattr(rule, "__name__", "rule")
            where = f"{type(domain).__name__}.{name}"
            result = _record(rule, where)
            marks: list[DemandMark | UpdateMark] = rule.marks  # type: ignore[attr-defined]
            for mark in reversed(marks):
                if isinstance(mark, DemandMark):
                    demands.append(_demand(mark, domain, layer, result, where, f"{domain.name}.{name}"))
                else:
                    updates.append(_update(mark, domain, layer, result, where))
    return StagedTable(tuple(demands), tuple(layers), tuple(updates))


def joined(tables: Iterable[StagedTable]) -> StagedTable:
    """One table of several, in order; each keeps its own layers."""
    demands: list[StagedDemand] = []
    layers: list[StagedLayer] = []
    updates: list[StagedUpdate] = []
    for table in tables:
        first = len(layers)
        demands += [replace(demand, layer=demand.layer + first) for demand in table.demands]
        updates += [replace(update, layer=update.layer + first) for update in table.updates]
        layers += table.layers
    return StagedTable(tuple(demands), tuple(layers), tuple(updates))


def _record(rule: Any, where: str) -> Term:
    try:
        return term(rule(Event()))
    except RuleError as error:
        raise RuleError(f"{where}: {error}") from error


def _demand(mark: DemandMark, domain: Domain, layer: int, predicate: Term, where: str, rule: str) -> StagedDemand:
    _check_layer(domain, predicate, where)
    guard = _guard(mark.when, where)
    nodes = stage_expression(predicate)
    layer = layer if domain.layer or domain.state else 0
    return StagedDemand(
        mark.code, domain.name, mark.message, mark.event, guard, nodes, layer, mark.functions, mark.argument, rule
    )


def _update(mark: UpdateMark, domain: Domain, layer: int, result: Term, where: str) -> StagedUpdate:
    if not (domain.layer if mark.of == "value" else domain.state):
        raise RuleError(f"{where}: an update of the {mark.of} needs a domain with a {_kept_beside(mark.of)}")
    _check_layer(domain, result, where)
    guard = _guard(mark.when, where)
    return StagedUpdate(mark.event, layer, guard, stage_expression(result), mark.of, mark.functions, mark.argument)


def _kept_beside(target: str) -> str:
    return "layer" if target == "value" else "state"


def _check_layer(domain: Domain, expression: Term, where: str) -> None:
    names = fields_of(expression)
    if not domain.layer and any(name.startswith("shadow_") for name in names):
        raise RuleError(f"{where}: a shadow bit needs a domain with a layer")
    if not domain.state and names & {"object_state", "thread_state", "number_state"}:
        raise RuleError(f"{where}: a number beside an object or the thread needs a domain with a state")


def _guard(when: Term | None, where: str) -> tuple[Node, ...]:
    if when is None:
        return ()
    if dynamic := fields_of(when) - STATIC_FIELDS:
        raise RuleError(f"{where}: `when` may not read {', '.join(sorted(dynamic))}: it is known only in a run")
    return stage_expression(when)
