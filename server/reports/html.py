"""One self-contained page for people: findings with inputs, steps, the code around them and the script to run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from html import escape

from gnomon.analysis.checking.finding import CheckResult, Finding, FunctionVerdicts, Step
from gnomon.analysis.workspace import Snapshot
from gnomon.server.baseline import Comparison
from gnomon.server.reports.json import named_inputs
from gnomon.server.reports.rules import description

AROUND = 3  # lines of code before and behind a finding

_STYLE = """
:root { color-scheme: light dark; --line: #8884; --mark: #e5534b; --warn: #b58900; --soft: #8882; }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
code, pre, td.n { font-family: ui-monospace, monospace; font-size: 13px; }
pre { background: var(--soft); padding: .6rem .8rem; overflow-x: auto; border-radius: 6px; }
details { border: 1px solid var(--line); border-left: 4px solid var(--mark); border-radius: 6px;
  margin: .8rem 0; padding: .5rem .9rem; }
details.warning { border-left-color: var(--warn); } details.note, details.latent { border-left-color: var(--line); }
details details { border-left-width: 1px; }
summary { cursor: pointer; } .place { color: GrayText; }
table { border-collapse: collapse; } td, th { text-align: left; padding: .15rem .8rem .15rem 0; vertical-align: top; }
mark { background: color-mix(in srgb, var(--mark) 25%, transparent); color: inherit; display: block; }
"""


def html_report(result: CheckResult, snapshot: Snapshot, comparison: Comparison | None = None) -> str:
    """The page; it loads nothing from anywhere."""
    files = Counter(finding.path for finding in result.findings)
    title = f"Gnomon: {snapshot.root.name}"
    parts = [
        "<!DOCTYPE html>",
        '<html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>",
        f"<h1>{escape(title)}</h1><p>{_counts(result)}</p>",
        *(f"<p><strong>problem:</strong> {escape(problem)}</p>" for problem in result.problems),
    ]
    for path in files:
        parts.append(f"<h2><code>{escape(path)}</code></h2>")
        parts += [_finding(finding, snapshot) for finding in result.findings if finding.path == path]
    return "\n".join([*parts, _functions(result.functions), "</body></html>"])


def _counts(result: CheckResult) -> str:
    proved, undecided = (sum(getattr(f, name) for f in result.functions) for name in ("proved", "undecided"))
    return (
        f"<strong>{len(result.findings)}</strong> findings in {len(result.functions)} functions; "
        f"{proved} checks proved, {undecided} undecided; {result.statistics.seconds:.1f} s"
    )


def _finding(finding: Finding, snapshot: Snapshot) -> str:
    entry = f"<p>{escape(finding.origin)}</p>" if finding.origin else ""
    script = f"<details><summary>script</summary><pre>{escape(finding.script)}</pre></details>"
    state = escape(f"{finding.state}: {finding.state_reason}" if finding.state_reason else finding.state)
    return (
        f'<details open class="{finding.tier}" id="{escape(finding.id)}"><summary>{escape(finding.message)} '
        f'<span class="place">{finding.line}:{finding.column} <code title="{escape(description(finding.code))}">'
        f"{escape(finding.code)}</code> {state}</span></summary>{entry}"
        f"{_inputs(named_inputs(finding))}{_excerpt(finding, snapshot)}{_steps(finding.steps)}"
        f"{script if finding.script else ''}</details>"
    )


def _inputs(inputs: dict[str, str]) -> str:
    rows = "".join(f'<tr><td class="n">{escape(n)}</td><td class="n">{escape(v)}</td></tr>' for n, v in inputs.items())
    return f"<table><tr><th>input</th><th>value</th></tr>{rows}</table>" if rows else ""


def _excerpt(finding: Finding, snapshot: Snapshot) -> str:
    lines = snapshot.text(str(snapshot.root / finding.path)).splitlines()
    shown = []
    for number in range(max(finding.line - AROUND, 1), min(finding.line + AROUND, len(lines)) + 1):
        text = escape(f"{number:5}  {lines[number - 1]}")
        shown.append(f"<mark>{text}</mark>" if number == finding.line else f"{text}\n")
    return f"<pre>{''.join(shown)}</pre>" if shown else ""


def _steps(steps: Iterable[Step]) -> str:
    rows = "".join(
        f'<tr><td class="n">{escape(step.path)}:{step.line}</td><td class="n">{escape(step.text)}</td>'
        f'<td class="n">{escape(", ".join(f"{name} = {value}" for name, value in step.values.items()))}</td></tr>'
        for step in steps
    )
    return f"<table><tr><th>where</th><th>step</th><th>values</th></tr>{rows}</table>" if rows else ""


def _functions(functions: Iterable[FunctionVerdicts]) -> str:
    rows = "".join(
        f'<tr><td class="n">{escape(f.path)}:{f.line}</td><td class="n">{escape(f.function)}</td><td>{f.proved}</td>'
        f"<td>{f.refuted}</td><td>{f.undecided}</td><td>{escape(_why(f))}</td></tr>"
        for f in functions
    )
    heads = "".join(f"<th>{name}</th>" for name in ("where", "function", "proved", "refuted", "undecided", "why"))
    return f"<details><summary>Functions</summary><table><tr>{heads}</tr>{rows}</table></details>" if rows else ""


def _why(function: FunctionVerdicts) -> str:
    if function.not_lowered:
        return f"not modelled: {function.not_lowered}"
    return "; ".join(f"{count} {reason}" for reason, count in function.reasons.items())
