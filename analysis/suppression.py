"""Comments that silence findings: `gnomon: ignore[code]` and `gnomon: ignore-file[code]`, in C and in Python.

In the brackets are codes or domains; without brackets all are meant. Behind code a comment counts for its line; on a
line of its own for the next line of code; `ignore-file` for the whole file, wherever it stands.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from gnomon.analysis.checking.finding import CheckResult, Finding, FunctionVerdicts
from gnomon.analysis.configuration import Configuration, is_named
from gnomon.analysis.syntax.tree import descendants, parse_c, parse_python
from gnomon.analysis.workspace import Snapshot

UNUSED = "suppression.unused"

_COMMENT = re.compile(rb"gnomon:\s*(?P<words>ignore(?P<file>-file)?(?:\[(?P<codes>[^\]\n]*)\]|(?![\w\[-])))")

# What an undecided obligation may turn into on another day, or on another machine.
_DECIDED_BY_CHANCE = re.compile(r"budget|not confirmed|solver")


@dataclass(frozen=True, slots=True)
class Suppression:
    """`lines` are those it counts for, None for the whole file; `codes` is empty when all are meant.

    `line`, `column` and `end_column` are of the comment's words, counted from 1, columns in UTF-8 bytes.
    """

    path: str
    line: int
    column: int
    end_column: int
    words: str
    codes: tuple[str, ...]
    lines: range | None

    def hides(self, finding: Finding) -> bool:
        if finding.path != self.path or (self.lines is not None and finding.line not in self.lines):
            return False
        return not self.codes or any(is_named(finding.code, code) for code in self.codes)


OfFile = Callable[[str], tuple[Suppression, ...]]  # by absolute path


def read_suppressions(path: str, text: str) -> tuple[Suppression, ...]:
    """The suppressions of a file, in order; `path` is what findings call it."""
    if "gnomon:" not in text:
        return ()
    source = parse_python(path, text) if path.endswith((".py", ".pyi")) else parse_c(path, text)
    comments = [node for node in descendants(source.root) if node.type == "comment"]
    lines = source.text.split(b"\n")
    alone = {
        row
        for node in comments
        if not lines[node.start_point.row][: node.start_point.column].strip()
        and not lines[node.end_point.row][node.end_point.column :].strip()
        for row in range(node.start_point.row, node.end_point.row + 1)
    }
    found = []
    for node in comments:
        for match in _COMMENT.finditer(source.text, node.start_byte, node.end_byte):
            row = node.start_point.row + source.text.count(b"\n", node.start_byte, match.start())
            start = match.start() - (source.text.rfind(b"\n", 0, match.start()) + 1)
            codes = [code.strip() for code in (match["codes"] or b"").decode("utf-8", "replace").split(",")]
            found.append(
                Suppression(
                    path,
                    row + 1,
                    start + 1,
                    start + 1 + len(match["words"]) + match.start("words") - match.start(),
                    match["words"].decode("utf-8", "replace"),
                    tuple(code for code in codes if code),
                    None if match["file"] else _reach(row, alone, lines),
                )
            )
    return tuple(found)


def _reach(row: int, alone: Collection[int], lines: list[bytes]) -> range:
    """The line that a comment in a row (from 0) counts for; the lines in between are comments and empty."""
    target = row
    if row in alone:
        while target + 1 < len(lines) and (target in alone or not lines[target].strip()):
            target += 1
    return range(row + 1, target + 2)


def apply(
    result: CheckResult,
    snapshot: Snapshot,
    configuration: Configuration,
    checked: Collection[str],
    of: OfFile | None = None,
) -> CheckResult:
    """The result as the project wants it shown; `checked` are the domains whose findings it would hold, and `of` knows
    the suppressions of each file."""
    suppressions = dict(_of_workspace(snapshot, configuration, of))
    unused = _unused(result, suppressions, checked) if not result.is_partial else []
    # A comment does not silence what is said of comments.
    wanted = kept(result.findings, suppressions, configuration) + kept(unused, {}, configuration)
    return replace(result, findings=tuple(sorted(wanted, key=lambda f: (f.path, f.line, f.column, f.code))))


def shown(
    findings: Iterable[Finding], snapshot: Snapshot, configuration: Configuration, of: OfFile | None = None
) -> tuple[Finding, ...]:
    """Findings as the project wants them shown, where not all are known: nothing is said of unused comments."""
    return tuple(kept(findings, dict(_of_workspace(snapshot, configuration, of)), configuration))


def kept(
    findings: Iterable[Finding], suppressions: Mapping[str, tuple[Suppression, ...]], configuration: Configuration
) -> list[Finding]:
    """Findings that nothing silences, each with the severity that the project gives it."""
    shown = []
    for finding in findings:
        severity = configuration.severity_of(finding.code)
        is_hidden = any(s.hides(finding) for s in suppressions.get(finding.path, ()))
        if severity != "off" and not is_hidden and configuration.covers(finding.path):
            is_mistake = finding.tier != "latent"  # what is only expected of callers has no severity
            shown.append(replace(finding, tier=severity) if severity is not None and is_mistake else finding)
    return shown


def _of_workspace(
    snapshot: Snapshot, configuration: Configuration, of: OfFile | None
) -> Iterator[tuple[str, tuple[Suppression, ...]]]:
    read = of or (lambda path: read_suppressions(snapshot.relative(path), snapshot.text(path)))
    for path in (*snapshot.c_files, *snapshot.headers, *snapshot.python_files, *snapshot.stubs):
        found = read(path)
        if found and configuration.covers(snapshot.relative(path)):
            yield snapshot.relative(path), found


def _unused(
    result: CheckResult, suppressions: Mapping[str, tuple[Suppression, ...]], checked: Collection[str]
) -> Iterator[Finding]:
    """Only where everything was decided: what a budget cut short may be found, and suppressed, the next time."""
    by_path: dict[str, list[FunctionVerdicts]] = {}
    for function in result.functions:
        by_path.setdefault(function.path, []).append(function)
    for path, listed in suppressions.items():
        verdicts = by_path.get(path, [])
        if any(map(may_change, verdicts)) or not (verdicts or path.endswith((".py", ".pyi"))):
            continue
        here = [finding for finding in result.findings if finding.path == path]
        for number, suppression in enumerate(listed):
            for code in suppression.codes or ("",):
                only = replace(suppression, codes=(code,) if code else ())
                if (not code or code.partition(".")[0] in checked) and not any(map(only.hides, here)):
                    yield _finding(suppression, code, number)


def may_change(function: FunctionVerdicts) -> bool:
    """Whether another check may find something in it that this one did not."""
    return bool(function.not_lowered) or any(map(_DECIDED_BY_CHANCE.search, function.reasons))


def _finding(suppression: Suppression, code: str, number: int) -> Finding:
    told = f"no {code} here" if code else "nothing here"
    identity = "\0".join((UNUSED, suppression.path, suppression.words, code, str(number)))
    return Finding(
        id=hashlib.sha256(identity.encode()).hexdigest()[:12],
        code=UNUSED,
        tier="note",
        state="confirmed",
        message=f"`{suppression.words}` silences nothing: there is {told}",
        path=suppression.path,
        line=suppression.line,
        column=suppression.column,
        function="",
        entry="",
        inputs=(),
        steps=(),
        end_column=suppression.end_column,
    )
