"""Reports for people at a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from gnomon.analysis.boundary.binding import Binding
from gnomon.analysis.checking.finding import CheckResult, Finding, Statistics
from gnomon.analysis.checking.values import shorten_block, written
from gnomon.analysis.navigation.target import python_uses
from gnomon.analysis.workspace import Snapshot
from gnomon.server.baseline import Comparison, stale_lines
from gnomon.server.reports.json import named_inputs
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

STATE_STYLE = {"replayed": "green", "confirmed": "cyan", "replay-refused": "yellow", "replay-disagrees": "red"}


def print_check(
    console: Console, result: CheckResult, with_statistics: bool, comparison: Comparison | None = None
) -> None:
    """Findings with inputs and steps, then the counts."""
    for problem in result.problems:
        console.print(f"[yellow]problem:[/] {escape(problem)}", highlight=False, soft_wrap=True)
    for line in stale_lines(comparison) if comparison is not None else ():
        console.print(f"[yellow]stale:[/] {escape(line)}", highlight=False, soft_wrap=True)
    for finding in result.findings:
        print_finding(console, finding)
    proved = sum(f.proved for f in result.functions)
    undecided = sum(f.undecided for f in result.functions)
    console.print(
        f"[bold]{_found(result.findings, comparison)}[/] in {_counted(len(result.functions), 'function')}; "
        f"{proved} checks proved, {undecided} undecided; {result.statistics.seconds:.1f} s",
        highlight=False,
    )
    if with_statistics:
        _print_statistics(console, result)


def _found(findings: Sequence[Finding], comparison: Comparison | None) -> str:
    hints = sum(finding.tier == "latent" for finding in findings)
    count = len(findings) - hints
    told = _counted(count, "finding") if comparison is None else _counted(count, "new finding")
    told = f"{told} and {_counted(hints, 'hint')}" if hints else told
    return f"{told} ({comparison.known} known)" if comparison is not None else told


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def print_finding(console: Console, finding: Finding) -> None:
    style = STATE_STYLE.get(finding.state, "white")
    console.print(
        f"[bold]{escape(finding.path)}:{finding.line}:{finding.column}[/]: [red]{finding.tier}[/]"
        f" {escape(finding.message)} [dim]\\[{finding.code}][/]",
        highlight=False,
        soft_wrap=True,
    )
    if finding.origin:
        console.print(f"    {escape(finding.origin)}, id {finding.id}, [{style}]{finding.state}[/]", highlight=False)
    if finding.state_reason:
        console.print(f"    {escape(finding.state_reason)}", highlight=False, soft_wrap=True)
    show = shorten_block if finding.tier == "latent" else written  # whole blocks, mostly of zeros
    for name, value in named_inputs(finding, show).items():
        console.print(f"    input {escape(name)} = {escape(value)}", highlight=False, soft_wrap=True)
    for step in finding.steps:
        values = ", ".join(f"{name} = {value}" for name, value in step.values.items())
        place = f"{step.path}:{step.line}"
        note = f"  [dim]{escape(values)}[/]" if values else ""
        console.print(f"      {escape(place):<24} {escape(step.text)}{note}", highlight=False, soft_wrap=True)
    console.print()


def _print_statistics(console: Console, result: CheckResult) -> None:
    reasons: Counter[str] = Counter()
    for function in result.functions:
        reasons.update(function.reasons)
    table = Table("functions", "checks proved", "refuted", "undecided")
    for function in result.functions:
        name = f"{function.path}: {function.function}"
        undecided = f"not modelled: {function.not_lowered}" if function.not_lowered else str(function.undecided)
        table.add_row(escape(name), str(function.proved), str(function.refuted), escape(undecided))
    console.print(table)
    for reason, count in reasons.most_common():
        console.print(f"  {count:5} undecided: {escape(reason)}", highlight=False)
    s = result.statistics
    console.print(
        f"  {s.slices_solved} slices solved, {s.slices_reused} reused, {s.solver_queries} solver queries "
        f"({s.solver_cache_hits} from their cache), {s.functions_lowered} functions lowered, {s.peak_memory_mb} MB",
        highlight=False,
    )
    _print_phases(console, s)


def _print_phases(console: Console, statistics: Statistics) -> None:
    """Seconds of each phase, and how much of them the solver had."""
    spent = sum(statistics.phases.values())
    if not spent:
        return
    table = Table("phase", "seconds", "share", box=SIMPLE_HEAD, pad_edge=False)
    for phase, seconds in statistics.phases.items():
        table.add_row(phase, f"{seconds:.2f}", f"{seconds / spent:.0%}")
    table.add_row("  of it the solver", f"{statistics.solver_seconds:.2f}", f"{statistics.solver_seconds / spent:.0%}")
    console.print(table)


def print_bindings(console: Console, snapshot: Snapshot, bindings: Iterable[Binding]) -> None:
    """A row an edge; no name is cut, however narrow the terminal is."""
    rows = [("Python", "kind", "C", "where", "uses")]
    for binding in bindings:
        place = binding.definition
        where = f"{snapshot.relative(place.path)}:{place.line}" if place else "no source"
        rows.append((binding.python, binding.kind, binding.native, where, str(len(python_uses(snapshot, binding)))))
    if len(rows) == 1:
        console.print("no Python name leads to C here", highlight=False)
        return
    if console.is_terminal:
        _print_table(console, rows)
    else:
        _print_columns(console, rows)


def _print_table(console: Console, rows: Sequence[tuple[str, ...]]) -> None:
    table = Table(*rows[0], box=SIMPLE_HEAD, pad_edge=False)
    for column in table.columns:
        column.overflow = "fold"
    for row in rows[1:]:
        table.add_row(*map(escape, row))
    console.print(table, highlight=False)


def _print_columns(console: Console, rows: Sequence[tuple[str, ...]]) -> None:
    """A line an edge, for other programs."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for number, row in enumerate(rows):
        line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        console.print(line, highlight=False, markup=False, soft_wrap=True, style="bold" if number == 0 else None)
