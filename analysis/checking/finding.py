"""Findings, as shown to a person: what every report, the editor and the replay start from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from gnomon.analysis.checking.entry import Entry

Tier = Literal["error", "warning", "note", "latent"]
State = Literal["confirmed", "replayed", "replay-refused", "replay-disagrees"]
Answer = Literal["proved", "refuted", "undecided"]
Value = int | float | bytes | str | None


@dataclass(frozen=True, slots=True)
class InputValue:
    """One input of a witness: what the program's world chose.

    `name` is the C or Python parameter's name; `value` is an int, a float, the bytes of a buffer or string (without the
    terminator), or None for NULL/None; a str is an expression of Python, of the objects that inputs describe piece by
    piece (see python_values.py). `step` says which call of the entry took it (from 0), in the order of the calls.
    `reader`: the model function that the environment answered, "" for what the entry's calls hand over. `number`: which
    of the inputs of that place it is: of pieces of objects, the object.
    """

    name: str
    value: Value
    step: int
    kind: Literal["integer", "float", "bytes", "opaque", "object"]
    reader: str = ""
    number: int = 0


def input_names(inputs: Iterable[InputValue]) -> list[str]:
    """How a person is told of them: a name that comes again, by the call that took it."""
    shown: list[str] = []
    for value in inputs:
        shown.append(value.name if value.name not in shown else f"{value.name} (call {value.step + 1})")
    return shown


@dataclass(frozen=True, slots=True)
class Step:
    """One place on the way to the failure, with the values it gave. Lines and columns count from 1."""

    path: str
    line: int
    text: str
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TextEdit:
    """Replaces a range of a file, whose path is relative to the root; columns in UTF-8 bytes, the end is exclusive."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A correction that an editor can make."""

    title: str
    edits: tuple[TextEdit, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """A confirmed refutation, or a declaration that contradicts the truth (`contract.*`).

    `path`s are relative to the workspace root; `line` and `column` count from 1. `demand` is the rule that was broken,
    as "domain.rule".
    """

    id: str
    code: str
    tier: Tier
    state: State
    message: str
    path: str
    line: int
    column: int
    function: str
    entry: str
    inputs: tuple[InputValue, ...]
    steps: tuple[Step, ...]
    script: str = ""
    end_column: int = 0
    state_reason: str = ""  # why a replay was refused, or what it saw instead
    history: Entry | None = None  # the calls, for the replay
    fixes: tuple[Fix, ...] = ()
    demand: str = ""

    @property
    def is_contract(self) -> bool:
        """Found by comparing, not by running: there is nothing to replay."""
        return self.code.startswith("contract.")

    @property
    def is_withdrawn(self) -> bool:
        """The real code denies it: it is a defect of ours, and shown only to who asks for it."""
        return self.state == "replay-disagrees"

    @property
    def origin(self) -> str:
        """Where the calls come from that lead there, for a person; "" for what nobody calls."""
        kind = self.history.kind if self.history is not None else ""
        if self.tier == "latent":
            return f"for callers of: {self.entry}"
        if kind == "function":
            return f"whoever calls: {self.entry}"
        if kind == "main":
            return f"from the program's start: {self.entry}"
        return f"from Python: {self.entry}" if self.entry else ""


@dataclass(frozen=True, slots=True)
class Check:
    """What was decided of one obligation: the demand `code` on the expression `text`. Lines and columns count from 1,
    columns in UTF-8 bytes; in `FunctionVerdicts.told`, lines count from the function's."""

    path: str
    line: int
    column: int
    text: str
    code: str
    answer: Answer
    reason: str = ""  # why it is undecided


@dataclass(frozen=True, slots=True)
class FunctionVerdicts:
    """How many obligations of a function were proved, refuted, and left undecided, and why those were. `told` are its
    checks in the order of their places: they stay as they are while the function moves."""

    path: str
    function: str
    line: int
    proved: int
    refuted: int
    undecided: int
    reasons: dict[str, int] = field(default_factory=dict)
    not_lowered: str = ""
    told: tuple[Check, ...] = ()

    def checks(self, *, line: int | None = None) -> Iterator[Check]:
        """Where they are in their files; those of one line only, if one is given."""
        for check in self.told:
            is_here = check.path == self.path  # and not in a file that the function includes
            at = check.line + self.line if is_here else check.line
            if line is None or at == line:
                yield replace(check, line=at)


@dataclass(frozen=True, slots=True)
class Statistics:
    """Of one check. `slices_reused` counts verdicts taken from the store, or kept from the last check; `phases` are
    seconds by the names in `phases.py`, and `solver_seconds` a part of "explore"."""

    seconds: float = 0.0
    solver_queries: int = 0
    slices_solved: int = 0
    slices_reused: int = 0
    functions_lowered: int = 0
    peak_memory_mb: int = 0
    solver_cache_hits: int = 0
    solver_seconds: float = 0.0
    phases: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CheckResult:
    """All that one check of a workspace says."""

    findings: tuple[Finding, ...]
    functions: tuple[FunctionVerdicts, ...]
    statistics: Statistics
    problems: tuple[str, ...] = ()  # what kept parts from being checked: "missing header x.h", one sentence each
    is_partial: bool = False  # the next check of the same texts goes on with what this one has left
    unmodelled: tuple[str, ...] = ()  # functions of Python's C API that are called, and end what is followed
