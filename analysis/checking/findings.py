"""From a confirmed refutation to a finding: the sentence, the inputs, and the steps that a person reads."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from string import Formatter
from typing import Literal, cast

from gnomon import _engine
from gnomon.analysis.checking.decide import Confirmed
from gnomon.analysis.checking.engine import Engine, LoweredFunction
from gnomon.analysis.checking.entry import Entry
from gnomon.analysis.checking.finding import Finding, InputValue, Step, Value, input_names
from gnomon.analysis.checking.python_calls import told_inputs
from gnomon.analysis.checking.steps import Way, arrivals, steps_of
from gnomon.analysis.checking.values import shorten, shorten_block
from gnomon.analysis.workspace import Snapshot

InputKind = Literal["integer", "float", "bytes", "opaque"]

INLINE = "gnomon_inline_"  # models of inline functions of headers are called so

SEARCHED_INSTRUCTIONS = 2_000_000  # of a run that is looked through for the last owner of a block


@dataclass(frozen=True, slots=True)
class Sources:
    """How findings speak of files: relative paths, and the lines of their text, each file read once."""

    snapshot: Snapshot
    _lines: dict[str, list[str]] = field(default_factory=dict)

    def relative(self, path: str) -> str:
        return self.snapshot.relative(path)

    def line(self, path: str, number: int) -> str:
        if path not in self._lines:
            self._lines[path] = self.snapshot.text(path).split("\n")
        lines = self._lines[path]
        return lines[number - 1].removesuffix("\r") if 0 < number <= len(lines) else ""


def build(
    engine: Engine,
    functions: Mapping[int, LoweredFunction],
    confirmed: Confirmed,
    entry: Entry,
    sources: Sources,
    is_latent: bool = False,
) -> Finding:
    """The finding of a confirmed failure."""
    demand_index = confirmed.obligation[2]
    site = _site(engine, confirmed)
    function = functions[site[0]]
    demand = engine.demands[demand_index]
    place = engine.native.place(*site)
    inputs = _inputs(engine, functions, confirmed.outcome)
    shown = [i for i in told_inputs(inputs, entry, confirmed.relevant) if not i.name.startswith("#")]
    told = _for_callers(shown) if is_latent else _when(shown)
    message = _message(engine, functions, confirmed, demand.message, place.text) + told
    path = sources.relative(place.path)
    line = sources.line(place.path, place.line)
    return Finding(
        id=_identity(demand.code, path, function.name, place.text, entry.name),
        code=demand.code,
        tier="latent" if is_latent else "error",
        state="confirmed",
        message=message,
        path=path,
        line=place.line,
        column=place.column,
        function=function.name,
        entry=entry.name,
        inputs=tuple(inputs),
        steps=tuple(_steps(engine, functions, confirmed.outcome, inputs, entry, (place.path, place.line), sources)),
        end_column=_end_column(line, place.column, place.text),
        history=entry,
        demand=demand.rule,
    )


def _site(engine: Engine, confirmed: Confirmed) -> tuple[int, int]:
    """Where the finding is shown: where it failed, or, of what was left, where its last owner gave it up."""
    function, index, _ = confirmed.obligation
    outcome = confirmed.outcome
    if not confirmed.failure.is_left or outcome.instructions > SEARCHED_INSTRUCTIONS:
        return function, index
    lost = engine.native.last_owner(confirmed.entry, outcome.inputs, confirmed.failure, outcome.instructions)
    return lost if lost is not None and engine.native.place(*lost).line else (function, index)


def _end_column(line: str, column: int, text: str) -> int:
    """Behind the expression where it stands on one line as written, else behind the line."""
    rest = line.encode()[column - 1 :]
    written = text.encode()
    return column + (len(written) if written and rest.startswith(written) else len(rest.rstrip()))


def _identity(*parts: str) -> str:
    """Survives edits that only move the line."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]


def _inputs(engine: Engine, functions: Mapping[int, LoweredFunction], outcome: _engine.Outcome) -> list[InputValue]:
    inputs = []
    for chosen in outcome.inputs:
        kind, value = engine.decode(chosen)
        if kind == "opaque" and chosen.name.startswith("#"):  # the interpreter's, not the caller's choice
            continue
        taker = functions.get(chosen.site[0])
        reader = taker.name if taker is not None and taker.is_model else ""
        inputs.append(
            InputValue(chosen.name, value, chosen.entry_step, cast(InputKind, kind), reader, chosen.occurrence)
        )
    return inputs


def _when(inputs: list[InputValue]) -> str:
    if not inputs:
        return ""
    return f" when {_listed(inputs, shorten)}"


def _for_callers(inputs: list[InputValue]) -> str:
    passed = [i for i in inputs if not i.reader]
    return f"{_when([i for i in inputs if i.reader])} - for a caller that passes {_listed(passed, shorten_block)}"


def _listed(inputs: list[InputValue], show: Callable[[Value], str]) -> str:
    names = input_names(inputs)
    parts = [f"{name} = {show(i.value)}" for name, i in zip(names, inputs[:4], strict=False)]
    return ", ".join(parts) + (", ..." if len(inputs) > 4 else "")


def _message(
    engine: Engine,
    functions: Mapping[int, LoweredFunction],
    confirmed: Confirmed,
    template: str,
    text: str,
) -> str:
    failure = confirmed.failure
    values = dict(failure.values)
    values["text"] = " ".join(text.split()) or "this"
    if "size" in values:
        values["size"] = f"{values['size']} byte{'' if values['size'] == '1' else 's'}"
    wanted = {name for _, name, _, _ in Formatter().parse(template) if name}
    message = template.format_map({name: values.get(name, "?") for name in wanted})
    inner = functions[failure.stack[-1][0]]
    name = inner.name.removeprefix(INLINE)
    is_of_library = inner.is_model and (not inner.is_static or name.lstrip("_").startswith("Py"))
    is_told = is_of_library and not name.startswith("gnomon_") and name not in values["text"]
    return f"{message} (inside `{name}`)" if is_told else message


def _steps(
    engine: Engine,
    functions: Mapping[int, LoweredFunction],
    outcome: _engine.Outcome,
    inputs: list[InputValue],
    entry: Entry,
    failed: tuple[str, int],
    sources: Sources,
) -> list[Step]:
    called = [engine.native.function_id(step.function) for step in entry.steps]
    way = Way(arrivals(functions, called, told_inputs(inputs, entry)))
    return [
        Step(sources.relative(path), line, sources.line(path, line).strip(), values)
        for path, line, values in steps_of(engine, functions, outcome, way, failed)
    ]
