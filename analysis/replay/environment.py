"""The environment of a witness, for a driver in C: standard input, environment variables, what functions answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from gnomon.analysis.checking.finding import InputValue
from gnomon.analysis.replay.c_text import number, string
from gnomon.analysis.replay.report import ReplayRefusedError

_CALL = re.compile(r"(?P<name>[A-Za-z_]\w*)\(\)")  # an input named like a call: what it returns
_VARIABLE = re.compile(r'getenv\("(?P<name>.*)"\)')


# Standard input without a file: nothing may be written where replays run.
_INPUT = (
    "static int replayed_input(const char *bytes, size_t size) {",
    '    int memory = (int)syscall(SYS_memfd_create, "input", 0);',
    "    if (write(memory, bytes, size) < 0) abort();",
    "    lseek(memory, 0, SEEK_SET);",
    "    return memory;",
    "}",
    "",
)


@dataclass(frozen=True, slots=True)
class Environment:
    """Lines of C: functions beside `main`, and statements at its beginning."""

    definitions: tuple[str, ...]
    preparations: tuple[str, ...]


def environment_of(inputs: Sequence[InputValue]) -> Environment:
    """What gives a program these inputs. Raises ReplayRefusedError for those that a driver cannot supply."""
    answers: dict[str, list[int | float]] = {}
    variables: dict[str, bytes | None] = {}
    read: list[InputValue] = []
    for chosen in inputs:
        if chosen.name in ("stdin", "stdin ends", "input does not match"):
            read.append(chosen)
        elif match := _VARIABLE.fullmatch(chosen.name):
            assert chosen.value is None or isinstance(chosen.value, bytes)
            variables[match["name"]] = chosen.value
        elif chosen.name.endswith("() fails") and chosen.value == 0:
            continue  # it need not
        elif (match := _CALL.fullmatch(chosen.name)) and isinstance(chosen.value, int | float):
            answers.setdefault(match["name"], []).append(chosen.value)
        else:
            raise ReplayRefusedError(f"a driver in C cannot supply {chosen.name}")
    definitions = [*(_INPUT if read else ())]
    definitions += [line for name, values in answers.items() for line in _function(name, values)]
    preparations = [_set(name, value) for name, value in variables.items()]
    return Environment(tuple(definitions), (*preparations, *_standard_input(read)))


def _function(name: str, values: Sequence[int | float]) -> Iterator[str]:
    """A function of that name in place of the real one; the last value stays. The label is the name: a header may have
    declared it otherwise than here."""
    kind = "double" if any(isinstance(value, float) for value in values) else "long"
    yield f'{kind} replayed_{name}(void) __asm__("{name}");'
    yield f"{kind} replayed_{name}(void) {{"
    yield f"    static const {kind} values[] = {{{', '.join(map(number, values))}}};"
    yield "    static int next;"
    yield f"    return values[next < {len(values) - 1} ? next++ : {len(values) - 1}];"
    yield "}"
    yield ""


def _set(name: str, value: bytes | None) -> str:
    quoted = string(name.encode())
    return f"unsetenv({quoted});" if value is None else f"setenv({quoted}, {string(value)}, 1);"


def _standard_input(inputs: Iterable[InputValue]) -> list[str]:
    if not (listed := list(inputs)):
        return []
    data = b"".join(_bytes_read(listed))
    return [
        f"dup2(replayed_input({string(data)}, {len(data)}), 0);",
    ]


def _bytes_read(inputs: Iterable[InputValue]) -> Iterator[bytes]:
    """In the order of the reads: letters, lines without their ends, words and numbers of scanf, blocks."""
    for chosen in inputs:
        value = chosen.value
        if chosen.name == "stdin ends":
            if value:
                return
        elif chosen.name == "input does not match":
            if value:
                yield b"? "
        elif isinstance(value, bytes):
            end = {"next_line": b"\n", "choose_text": b" "}.get(chosen.reader, b"")
            yield value + end
        elif chosen.reader == "gnomon_next_letter":
            if not isinstance(value, int) or value < 0:
                return
            yield bytes([value & 0xFF])
        else:
            yield f"{value} ".encode()
