"""From a finding of C code to a C program that a person can run: the source itself, and a `main` that makes the calls.

The source is included, so that functions that only it can name are called as well, and its own `main` goes by another
name. What the environment chose in the witness comes from functions of the driver that stand in place of the real ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from pathlib import Path

from gnomon.analysis.checking.entry import (
    BytesArgument,
    Entry,
    EntryStep,
    FloatArgument,
    IntegerArgument,
    NullArgument,
    ResultArgument,
)
from gnomon.analysis.checking.finding import Finding, InputValue
from gnomon.analysis.replay.c_text import number, string
from gnomon.analysis.replay.environment import WATCHERS, environment_of, wrapped
from gnomon.analysis.replay.report import ReplayRefusedError
from gnomon.analysis.replay.sanitizer import LEAKS
from gnomon.analysis.replay.undefined import undefined_functions

_HEADERS = (
    *("errno.h", "fcntl.h", "signal.h", "stdio.h", "stdlib.h", "string.h", "sys/stat.h", "sys/syscall.h", "sys/time.h"),
    *("sys/types.h", "time.h", "ucontext.h", "unistd.h"),
)


def is_driven_by_c(finding: Finding, entry: Entry, root: Path) -> bool:
    """Whether the calls are made by a program in C, not by a script of Python: where no Python leads to them; where the
    interpreter stands in the way of the environment, or of what looks at the run; where Python cannot load a library
    since functions are missing."""
    if entry.kind != "ctypes":
        return entry.kind in ("main", "function")
    is_watched = finding.demand in WATCHERS or finding.code in LEAKS
    is_environment = any(chosen.reader for chosen in finding.inputs)
    return is_watched or is_environment or any(_missing(root / source) for source in entry.sources)


def _missing(source: Path) -> list[str]:
    return undefined_functions(source) if source.is_file() else []


def driver_of(finding: Finding, entry: Entry, root: Path) -> str:
    """The driver as text. Raises ReplayRefusedError where C cannot write the calls, or the environment is one that a
    driver cannot be."""
    included = entry.sources[0] if entry.sources else ""
    if not included.endswith(".c") or '"' in included:
        raise ReplayRefusedError(f"{entry.name} is not defined in a C file")
    text = (root / included).read_text(encoding="utf-8", errors="replace")
    world = environment_of(finding, text)
    arguments = [i for i in finding.inputs if not i.reader]
    # A block in place of a stream, as the witness has it, would not outlive its first use.
    streams = set(re.findall(r"\bFILE\s*\*\s*(\w+)", text)) if finding.tier == "latent" else set()
    made, calls = _main_call(arguments) if entry.kind == "main" else _function_calls(entry, arguments, text, streams)
    return "\n".join(
        [
            "#define main program_main",
            f'#include "{included}"',
            "#undef main",
            "",
            *(f"#include <{header}>" for header in _HEADERS),
            "",
            *world.definitions,
            *_doing_nothing(root / included, world.definitions),
            "int main(void) {",
            *(f"    {line}" for line in (*world.preparations, *made, *world.beginning, *calls)),
            "    return 0;",
            "}",
            "",
        ]
    )


def _doing_nothing(source: Path, definitions: Iterable[str]) -> Iterator[str]:
    """Functions that nobody has. Weak: a library that is linked may have them."""
    placed = wrapped("\n".join(definitions))
    for name in undefined_functions(source):
        if name not in placed:
            yield f'__attribute__((weak)) long replay_nobodys_{name}(void) __asm__("{name}");'
            yield f"long replay_nobodys_{name}(void) {{ return 0; }}"
            yield ""


def with_header(driver: str, finding: Finding, commands: Sequence[str]) -> str:
    """`commands` are what a person types to build and run it."""
    lines = [
        f"Replay of {finding.id}.",
        "",
        f"Expect {finding.code} in {finding.function} at {finding.path}:{finding.line}:",
        finding.message,
        "",
        "By hand, in the project's folder, with this file as replay.c:",
        "",
        *(f"    {command}" for command in commands),
    ]
    return "\n".join(["/*", *(f" * {line}".rstrip().replace("*/", "* /") for line in lines), " */", driver])


def _main_call(arguments: Iterable[InputValue]) -> tuple[list[str], list[str]]:
    """What is made before, and the call."""
    given = [string(i.value) for i in arguments if isinstance(i.value, bytes)]
    # Each in a block of its own size, so that what is read or written behind it is seen.
    words = ['strdup("program")', *(f"strdup({text})" for text in given), "NULL"]
    made = [
        f"static char *arguments[{len(words)}];",
        *(f"arguments[{number}] = {word};" for number, word in enumerate(words)),
    ]
    return made, [f"((int (*)(int, char **, char **))program_main)({len(words) - 1}, arguments, NULL);"]


def _function_calls(
    entry: Entry, inputs: Sequence[InputValue], text: str, streams: Set[str]
) -> tuple[list[str], list[str]]:
    """Blocks that are made before, and the calls of the history, with what earlier ones returned."""
    made: list[str] = []
    calls: list[str] = []
    used = {a.step for step in entry.steps for a in step.arguments if isinstance(a, ResultArgument)}
    for position, step in enumerate(entry.steps):
        name = step.python.removeprefix("lib.")
        if re.search(rf"\b{re.escape(name)}\s*\(", text) is None:
            raise ReplayRefusedError(f"a driver in C cannot name {name}")
        chosen = [i for i in inputs if i.step == position]
        if entry.kind == "ctypes":
            given = _arguments(step, chosen)
        else:
            given = ["tmpfile()" if i.name in streams else _argument(i, entry) for i in chosen]
        for index, value in enumerate(given):
            if value.startswith(("strdup(", "calloc(", "memcpy(")):
                given[index] = f"block_{len(made)}"
                made.append(f"void *{given[index]} = {value};")
        result = f"void *result_{position} = (void *)" if position in used else ""
        calls.append(f"{result}{name}({', '.join(given)});")
    return made, calls


def _arguments(step: EntryStep, inputs: Sequence[InputValue]) -> list[str]:
    """As Python would hand them over through ctypes."""
    by_name = {i.name: i for i in inputs}
    written = []
    for argument in step.arguments:
        match argument:
            case ResultArgument(step=number_of_step):
                written.append(f"result_{number_of_step}")
            case NullArgument():
                written.append("NULL")
            case IntegerArgument(name=name) | FloatArgument(name=name):
                value = by_name[name].value if name in by_name else 0
                assert isinstance(value, int | float)
                written.append(number(value))
            case BytesArgument(name=name):
                text = by_name[name].value if name in by_name else b""
                written.append(f"strdup({string(text)})" if isinstance(text, bytes) else "NULL")
            case _:
                raise ReplayRefusedError(f"a driver in C has no way yet to write {type(argument).__name__}")
    return written


def _argument(chosen: InputValue, entry: Entry) -> str:
    value = chosen.value
    if chosen.kind == "opaque":
        raise ReplayRefusedError(f"a driver in C cannot make the object {chosen.name}")
    if value is None:
        return "NULL"
    if isinstance(value, bytes):
        if any(value) and not entry.takes_anything:
            return f"memcpy(malloc({len(value)}), {string(value)}, {len(value)})"
        if any(value):
            raise ReplayRefusedError(f"a driver in C hands over blocks of zeros only, and {chosen.name} is none")
        return f"calloc(1, {len(value)})"
    assert isinstance(value, int | float)
    return number(value)
