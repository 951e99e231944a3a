"""From a finding of C code to a C program that a person can run: the source itself, and a `main` that makes the call.

The source is included, so that functions that only it can name are called as well, and its own `main` goes by another
name. What the environment chose in the witness (the results of `rand` and the like) comes from functions of the driver
that take the names of the real ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gnomon.analysis.checking.entry import Entry
from gnomon.analysis.checking.finding import Finding, InputValue
from gnomon.analysis.replay.c_text import number, string
from gnomon.analysis.replay.environment import environment_of
from gnomon.analysis.replay.report import ReplayRefusedError


def driver_of(finding: Finding, entry: Entry, commands: Sequence[str]) -> str:
    """The driver as text; `commands` are what a person types to build and run it. Raises ReplayRefusedError where C
    cannot write the call, or the environment is one that a driver cannot be."""
    if not entry.sources or not entry.sources[0].endswith(".c") or '"' in entry.sources[0]:
        raise ReplayRefusedError(f"{entry.name} is not defined in a C file")
    world = environment_of([i for i in finding.inputs if i.reader])
    arguments = [i for i in finding.inputs if not i.reader]
    call = _main_call(arguments) if entry.kind == "main" else _function_call(entry, arguments)
    return "\n".join(
        [
            *_header(finding, commands),
            "#define main program_main",
            f'#include "{entry.sources[0]}"',
            "#undef main",
            "",
            "#include <stdio.h>",
            "#include <stdlib.h>",
            "#include <string.h>",
            "#include <sys/syscall.h>",
            "#include <unistd.h>",
            "",
            *world.definitions,
            "int main(void) {",
            *(f"    {line}" for line in (*world.preparations, *call)),
            "    return 0;",
            "}",
            "",
        ]
    )


def _header(finding: Finding, commands: Sequence[str]) -> list[str]:
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
    return ["/*", *(f" * {line}".rstrip().replace("*/", "* /") for line in lines), " */"]


def _main_call(arguments: Iterable[InputValue]) -> list[str]:
    given = [string(i.value) for i in arguments if isinstance(i.value, bytes)]
    # Each in a block of its own size, so that what is read or written behind it is seen.
    words = ['strdup("program")', *(f"strdup({text})" for text in given), "NULL"]
    return [
        f"static char *arguments[{len(words)}];",
        *(f"arguments[{number}] = {word};" for number, word in enumerate(words)),
        f"((int (*)(int, char **, char **))program_main)({len(words) - 1}, arguments, NULL);",
    ]


def _function_call(entry: Entry, arguments: Iterable[InputValue]) -> list[str]:
    name = entry.steps[-1].python
    return [f"{name}({', '.join(_argument(i) for i in arguments)});"]


def _argument(chosen: InputValue) -> str:
    value = chosen.value
    if chosen.kind == "opaque":
        raise ReplayRefusedError(f"a driver in C cannot make the object {chosen.name}")
    if value is None:
        return "NULL"
    if isinstance(value, bytes):
        if any(value):
            raise ReplayRefusedError(f"a driver in C hands over blocks of zeros only, and {chosen.name} is none")
        return f"calloc(1, {len(value)})"
    return number(value)
