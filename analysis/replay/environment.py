"""The environment of a witness, for a driver in C: what the program reads, and what functions answer.

`world/` holds, by topic, the functions that stand in place of the real ones. A driver gets the files that give the
answers of its witness, and those that see what no tool does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from gnomon.analysis.checking.finding import Finding, InputValue, Value
from gnomon.analysis.replay.c_text import number, string
from gnomon.analysis.replay.report import ReplayRefusedError

_WORLD = Path(__file__).parent / "world"
# In the order in which they stand in a driver.
_PARTS = (
    *("reports.c", "answers.c", "descriptors.c", "files.c", "sockets.c", "streams.c", "mapping.c", "clocks.c"),
    *("random.c", "names.c", "allocation.c", "harnesses.c", "characters.c", "calls.c", "formats.c"),
)
_USED = {
    "answers.c": ("reports.c",),
    "files.c": ("answers.c", "descriptors.c"),
    "sockets.c": ("answers.c", "descriptors.c"),
    "streams.c": ("answers.c", "descriptors.c"),
    "mapping.c": ("answers.c",),
    "harnesses.c": ("answers.c",),
    "characters.c": ("reports.c",),
    "calls.c": ("reports.c",),
    "formats.c": ("reports.c",),
}

# By demand: what sees that it is broken.
WATCHERS = {
    "call.character": "characters.c",
    "resource.descriptor_open_when_used": "files.c",
    "null.called": "calls.c",
    "call.conversions_given": "formats.c",
    "call.conversions_fit": "formats.c",
}

_OPEN_STDIN = 'stdin = replay_open_stream("stdin", 0, "r");'
_CALL = re.compile(r"(?P<name>[A-Za-z_]\w*)\(\)")  # an input named like a call: what it returns
_VARIABLE = re.compile(r'getenv\("(?P<name>.*)"\)')
_HARNESS = re.compile(r"\b(?:klee_\w|__VERIFIER_\w|__CPROVER_\w|reach_error\b)")
_MAPPING = re.compile(r"\bmmap\s*\(")
_WRAPPER = re.compile(r"(?:\b__wrap_|^REPLAY_\w+\()(?P<name>\w+)[(),]", re.M)


@dataclass(frozen=True, slots=True)
class Environment:
    """Lines of C: functions beside `main`, statements at its beginning, and statements right before the calls."""

    definitions: tuple[str, ...]
    preparations: tuple[str, ...]
    beginning: tuple[str, ...]


def environment_of(finding: Finding, source: str) -> Environment:
    """What gives the inputs of a finding to the program whose text is `source`. Raises ReplayRefusedError for inputs
    that a driver cannot supply."""
    world = _World()
    for chosen in finding.inputs:
        if chosen.reader:
            world.add(chosen)
    if finding.demand in WATCHERS:
        world.parts.add(WATCHERS[finding.demand])
    if "calls.c" in world.parts:
        world.preparations.append("replay_watch_calls();")
    if _HARNESS.search(source):
        world.parts.add("harnesses.c")
    if _MAPPING.search(source):  # what is beyond a mapping, no tool sees
        world.parts.add("mapping.c")
    beginning = ("replay_is_begun = 1;",) if "allocation.c" in world.parts else ()
    return Environment(tuple(world.definitions()), tuple(world.preparations), beginning)


def wrapped(driver: str) -> list[str]:
    """The functions that a driver stands in place of."""
    return list(dict.fromkeys(match["name"] for match in _WRAPPER.finditer(driver)))


def linking(driver: str) -> list[str]:
    """The compiler's options for a driver that stands in place of functions."""
    names = wrapped(driver)
    functions = ["-D__NO_CTYPE"] if "toupper" in names else []  # not macros
    return [*functions, *(f"-Wl,--wrap={name}" for name in names)]


@dataclass(slots=True)
class _World:
    answers: list[str] = field(default_factory=list)
    returned: dict[str, list[int | float]] = field(default_factory=dict)  # by function
    preparations: list[str] = field(default_factory=list)
    parts: set[str] = field(default_factory=set)
    source: str = "stdin"  # of what is read

    def add(self, chosen: InputValue) -> None:
        if match := _VARIABLE.fullmatch(chosen.name):
            assert chosen.value is None or isinstance(chosen.value, bytes)
            self.preparations.append(_set(match["name"], chosen.value))
        elif chosen.name in ("stdin", "file", "stdin ends", "file ends", "input does not match"):
            self._add_read(chosen)
        elif part := "harnesses.c" if chosen.reader.startswith("klee_") else _part_that_asks(chosen.name):
            self.parts.add(part)
            self._answer(chosen.name, chosen.value)
        elif (match := _CALL.fullmatch(chosen.name)) and isinstance(chosen.value, int | float):
            self.returned.setdefault(match["name"], []).append(chosen.value)
        else:
            raise ReplayRefusedError(f"a driver in C cannot supply {chosen.name}")

    def definitions(self) -> Iterator[str]:
        pending = list(self.parts)
        while pending:  # bound: each part once
            used = [part for part in _USED.get(pending.pop(), ("answers.c",)) if part not in self.parts]
            self.parts.update(used)
            pending += used
        for part in _PARTS:
            if part not in self.parts:
                continue
            if part == "answers.c":
                yield " \\\n    ".join(["#define REPLAY_ANSWERS", *(f"{answer}," for answer in self.answers)]) + "\n"
            yield _text(part)
        for name, values in self.returned.items():
            yield from _function(name, values)

    def _add_read(self, chosen: InputValue) -> None:
        if chosen.name != "input does not match":
            self.source = chosen.name.removesuffix(" ends")
        part = "files.c" if chosen.reader == "read" else "streams.c"
        if part == "streams.c" and self.source == "stdin" and _OPEN_STDIN not in self.preparations:
            self.preparations.append(_OPEN_STDIN)
        self.parts.add(part)
        if (piece := _piece(chosen)) is not None:
            self._answer(self.source, piece)

    def _answer(self, name: str, value: Value) -> None:
        if isinstance(value, bytes):
            self.answers.append(f"{{{string(name.encode())}, {string(value)}, {len(value)}}}")
        elif isinstance(value, int):
            self.answers.append(f"{{{string(name.encode())}, 0, {number(value)}}}")
        else:
            raise ReplayRefusedError(f"a driver in C cannot supply {name}")


def _piece(chosen: InputValue) -> bytes | None:
    """What is read at once: letters, lines without their ends, words and numbers of scanf, blocks. Empty: the end."""
    value = chosen.value
    if chosen.name.endswith(" ends"):
        return b"" if value else None
    if chosen.name == "input does not match":
        return b"? " if value else None
    if isinstance(value, bytes):
        return value + {"next_line": b"\n", "choose_text": b" "}.get(chosen.reader, b"")
    if chosen.reader == "gnomon_next_letter":
        return bytes([value]) if isinstance(value, int) and value >= 0 else b""
    return f"{value} ".encode()


def _part_that_asks(name: str) -> str | None:
    """The part that gives answers of that name to the program."""
    asked = string(name.encode())
    return next((part for part in _PARTS if f"({asked}" in _text(part)), None)


@cache
def _text(part: str) -> str:
    return (_WORLD / part).read_text(encoding="utf-8")


def _function(name: str, values: list[int | float]) -> Iterator[str]:
    """A function in place of the real one; the last value stays."""
    kind = "double" if any(isinstance(value, float) for value in values) else "long"
    yield f"{kind} __wrap_{name}(void) {{"
    yield f"    static const {kind} values[] = {{{', '.join(map(number, values))}}};"
    yield "    static int next;"
    yield f"    return values[next < {len(values) - 1} ? next++ : {len(values) - 1}];"
    yield "}"
    yield ""


def _set(name: str, value: bytes | None) -> str:
    quoted = string(name.encode())
    return f"unsetenv({quoted});" if value is None else f"setenv({quoted}, {string(value)}, 1);"
