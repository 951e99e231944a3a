"""Findings of failures: the sentence, the arguments, the way there, and the script."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence

from gnomon.analysis.checking.entry import Entry
from gnomon.analysis.checking.finding import Finding, InputValue, Step, Tier
from gnomon.analysis.exercise.failure import Failure
from gnomon.analysis.exercise.inside.history import KEY
from gnomon.analysis.exercise.plan import Exercise
from gnomon.analysis.exercise.script import script_text
from gnomon.analysis.exercise.symbols import symbolised
from gnomon.analysis.exercise.verdict import Place, Verdict, verdict_of
from gnomon.analysis.workspace import Snapshot

_TIERS: dict[str, Tier] = {"exception.unchecked": "warning", "exception.clobbered": "note"}


_HOW = re.compile(r"things\[:\]|Any\.raised|try:|except Exception:|    pass")


def findings_of(failures: Sequence[Failure], exercise: Exercise, snapshot: Snapshot, module: str) -> Iterator[Finding]:
    """Of what is certainly the extension's; the shortest histories first."""
    for failure in sorted(symbolised(failures), key=lambda one: len("".join(one.lines))):
        verdict = verdict_of(failure, exercise.root, exercise.bindings)
        if verdict is not None:
            entry = Entry(failure.target, "capi", (), module, sources=exercise.sources[module])
            yield _finding(failure, verdict, snapshot, entry)


def _finding(failure: Failure, verdict: Verdict, snapshot: Snapshot, entry: Entry) -> Finding:
    path, line = snapshot.relative(str(verdict.place.path)), verdict.place.line
    text = snapshot.line(str(verdict.place.path), line)
    column = len(text) - len(text.lstrip()) + 1
    message = f"{verdict.message}: {_told(failure)}"
    identity = hashlib.sha256("\0".join((verdict.code, path, text.strip(), entry.name, "run")).encode()).hexdigest()[
        :12
    ]
    return Finding(
        id=identity,
        code=verdict.code,
        tier=_TIERS.get(verdict.code, "error"),
        state="replayed",
        message=message,
        path=path,
        line=line,
        column=column,
        function=verdict.place.function,
        entry=entry.name,
        inputs=tuple(_inputs(failure)),
        steps=tuple(_steps(verdict.way or (verdict.place,), snapshot)),
        script=script_text(failure, verdict, entry.module, identity, f"{path}:{line}", message),
        end_column=len(text.encode()) + 1,
        history=entry,
    )


def _inputs(failure: Failure) -> Iterator[InputValue]:
    for number, argument in enumerate(failure.arguments, 1):
        key, _, value = argument.rpartition(KEY)
        yield InputValue(key or f"argument {number}", value, 0, "object")


def _told(failure: Failure) -> str:
    calls = "; ".join(line.strip() for line in failure.lines if not _HOW.match(line))
    if failure.failing:
        return f"`{calls}` while an allocation fails"
    return f"`{calls}`, and what that left is used" if failure.after else f"`{calls}`"


def _steps(way: Sequence[Place], snapshot: Snapshot) -> Iterator[Step]:
    for place in way:
        path = str(place.path)
        yield Step(snapshot.relative(path), place.line, snapshot.line(path, place.line).strip())
