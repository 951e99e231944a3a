"""One self-contained page for people: findings with their inputs, steps, code and script, and what was not decided.

It loads nothing from anywhere, which it also tells the browser.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

from gnomon.analysis.checking.finding import CheckResult, Finding, FunctionVerdicts, Step
from gnomon.analysis.workspace import Snapshot
from gnomon.server.baseline import Comparison, stale_lines
from gnomon.server.reports.html_words import INTRODUCTION, meaning, state_of
from gnomon.server.reports.json import named_inputs
from gnomon.server.reports.rules import description

AROUND = 3  # lines of code before and behind a finding
_HERE = Path(__file__).parent
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"


def html_report(result: CheckResult, snapshot: Snapshot, comparison: Comparison | None = None) -> str:
    """The page."""
    title = escape(f"Gnomon: {snapshot.root.name}")
    numbered = [(f"finding-{number}", finding) for number, finding in enumerate(result.findings, 1)]
    stale = stale_lines(comparison) if comparison is not None else []
    style, script = ((_HERE / name).read_text(encoding="utf-8") for name in ("page.css", "page.js"))
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en"><head><meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{title}</title><style>\n{style}</style></head><body>",
            f"<h1>{title}</h1><p>{_counts(result, comparison)}</p><p>{escape(INTRODUCTION)}</p>",
            *(f"<p><strong>problem:</strong> {escape(problem)}</p>" for problem in result.problems),
            *(f"<p><strong>stale:</strong> {escape(line)}</p>" for line in stale),
            _overview(numbered),
            *(_finding(anchor, finding, snapshot) for anchor, finding in numbered),
            _undecided(result.functions),
            _functions(result.functions),
            f"<script>\n{script}</script></body></html>",
        ]
    )


def _counts(result: CheckResult, comparison: Comparison | None) -> str:
    proved, refuted, undecided = (
        sum(getattr(f, name) for f in result.functions) for name in ("proved", "refuted", "undecided")
    )
    found = f"<strong>{len(result.findings)} findings</strong>"
    if comparison is not None:
        found = f"<strong>{len(result.findings)} new findings</strong> ({comparison.known} more are known)"
    return (
        f"{found} in {len(result.functions)} functions; {proved} checks proved, {refuted} refuted, "
        f"{undecided} undecided; {result.statistics.seconds:.1f} s"
    )


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Of cells that are HTML; empty without rows."""
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    head = "".join(f"<th>{escape(name)}</th>" for name in heads)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>" if body else ""


def _code(text: str) -> str:
    return f"<code>{escape(text)}</code>"


def _overview(numbered: Sequence[tuple[str, Finding]]) -> str:
    rows = [
        (_code(f"{f.path}:{f.line}"), f'<a href="#{anchor}">{escape(f.message)}</a>', _code(f.code), _state(f))
        for anchor, f in numbered
    ]
    return f"<h2>Findings</h2>{_table(('where', 'what', 'code', 'state'), rows)}" if rows else ""


def _state(finding: Finding) -> str:
    return f'<span class="state {finding.state}" title="{escape(state_of(finding))}">{finding.state}</span>'


def _finding(anchor: str, finding: Finding, snapshot: Snapshot) -> str:
    place = f"{finding.path}:{finding.line}:{finding.column}"
    inside = f" in {_code(finding.function)}" if finding.function else ""
    origin = f"<p>{escape(finding.origin)}</p>" if finding.origin else ""
    return (
        f'<article class="{finding.tier}" id="{anchor}"><h3>{escape(finding.message)}</h3>'
        f'<p class="place">{_code(place)}{inside}, {finding.tier}, id {_code(finding.id)}</p>'
        f"<p>{_code(finding.code)}: {escape(description(finding.code))}</p>"
        f"<p>{_state(finding)} {escape(state_of(finding))}</p>{origin}{_inputs(named_inputs(finding))}"
        f"{_excerpt(finding, snapshot)}{_steps(finding.steps)}{_script(finding)}</article>"
    )


def _inputs(inputs: dict[str, str]) -> str:
    table = _table(("input", "value"), [(_code(name), _code(value)) for name, value in inputs.items()])
    return f"<h4>With these values</h4>{table}" if table else ""


def _excerpt(finding: Finding, snapshot: Snapshot) -> str:
    lines = snapshot.text(str(snapshot.root / finding.path)).splitlines()
    shown = []
    for number in range(max(finding.line - AROUND, 1), min(finding.line + AROUND, len(lines)) + 1):
        text = escape(f"{number:5}  {lines[number - 1]}")
        shown.append(f"<mark>{text}</mark>" if number == finding.line else f"{text}\n")
    return f"<h4>It fails here</h4><pre>{''.join(shown)}</pre>" if shown else ""


def _steps(steps: Iterable[Step]) -> str:
    rows = [
        (
            str(number),
            _code(f"{step.path}:{step.line}"),
            _code(step.text),
            "<br>".join(_code(f"{name} = {value}") for name, value in step.values.items()),
        )
        for number, step in enumerate(steps, 1)
    ]
    table = _table(("", "where", "line", "values"), rows)
    return f"<h4>The way there</h4>{table}" if table else ""


def _script(finding: Finding) -> str:
    if not finding.script:
        return ""
    button = '<button type="button" hidden>Copy</button>'
    return (
        "<details open><summary>Script: it says at its top how to run it</summary>"
        f'<div class="script">{button}<pre>{escape(finding.script)}</pre></div></details>'
    )


def _undecided(functions: Iterable[FunctionVerdicts]) -> str:
    reasons: Counter[str] = Counter()
    for function in functions:
        reasons.update(function.reasons)
        if function.not_lowered:
            reasons[f"not modelled: {function.not_lowered} (whole functions)"] += 1
    rows = [(str(count), escape(reason), escape(meaning(reason))) for reason, count in reasons.most_common()]
    told = "<p>Of these checks it is not known whether they can fail. None of them is a finding.</p>"
    return f"<h2>Not decided</h2>{told}{_table(('checks', 'why', 'what that means'), rows)}" if rows else ""


def _functions(functions: Iterable[FunctionVerdicts]) -> str:
    rows = [
        (
            _code(f"{f.path}:{f.line}"),
            _code(f.function),
            *map(str, (f.proved, f.refuted, f.undecided)),
            escape(_why(f)),
        )
        for f in functions
    ]
    table = _table(("where", "function", "proved", "refuted", "undecided", "why"), rows)
    return f"<details><summary>Functions</summary>{table}</details>" if table else ""


def _why(function: FunctionVerdicts) -> str:
    if function.not_lowered:
        return f"not modelled: {function.not_lowered}"
    return "; ".join(f"{count} {reason}" for reason, count in function.reasons.items())
