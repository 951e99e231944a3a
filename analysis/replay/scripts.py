"""From a finding to a script that a person can run: the same calls, with the inputs that make them fail."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gnomon.analysis.checking.entry import (
    Argument,
    BytesArgument,
    Entry,
    EntryStep,
    FloatArgument,
    IntegerArgument,
    NullArgument,
    ResultArgument,
)
from gnomon.analysis.checking.finding import Finding, InputValue, Value
from gnomon.analysis.checking.python_calls import calls_of
from gnomon.analysis.replay.builds import BY_MEMCHECK, RUNTIMES, flavour_of, recipe
from gnomon.analysis.replay.driver import driver_of, is_driven_by_c, with_header
from gnomon.analysis.replay.extension_scripts import extension_body
from gnomon.analysis.replay.names import BUILD_VARIABLE, LEAK_OPTIONS, LIBRARY, PROGRAM
from gnomon.analysis.replay.report import ReplayRefusedError
from gnomon.analysis.replay.sanitizer import STACK


def script_of(finding: Finding, entry: Entry, root: Path) -> str:
    """The script, or the program in C. Raises ReplayRefusedError when the calls cannot be written."""
    if not entry.steps:  # exercised: the script is how it was found
        return finding.script
    body = body_of(finding, entry, root)
    if is_driven_by_c(finding, entry, root):
        return with_header(body, finding, _by_hand(finding, entry, root, body))
    return _header(finding, entry, root) + body


def body_of(finding: Finding, entry: Entry, root: Path) -> str:
    """The same without what it says to people."""
    if not entry.steps:
        return finding.script.split('"""\n', 2)[-1].lstrip()
    if is_driven_by_c(finding, entry, root):
        return driver_of(finding, entry, root)
    if entry.kind == "ctypes":
        return _ctypes_body(finding, entry)
    return extension_body(finding, entry.module, calls_of(entry, finding.inputs))


def _header(finding: Finding, entry: Entry, root: Path) -> str:
    lines = [
        f'"""Replay of {finding.id}.',
        "",
        f"Expect {finding.code} in {finding.function} at {finding.path}:{finding.line}:",
        _plain(finding.message),
        "",
        f"`gnomon replay {finding.id}` builds the code and runs this in a sandbox. By hand, in the project's folder:",
        "",
        *(f"    {_plain(line)}" for line in _by_hand(finding, entry, root)),
        '"""',
        "",
        "",
    ]
    return "\n".join(lines)


def _by_hand(finding: Finding, entry: Entry, root: Path, driver: str = "") -> list[str]:
    """Shell commands that build the code and run the script, saved as replay.py, or the driver, saved as replay.c."""
    flavour = flavour_of(finding)
    folder = f"/tmp/replay-{finding.id}"
    if driver:
        after_return = int(finding.code != STACK)
        sanitizers = f"ASAN_OPTIONS=detect_stack_use_after_return={after_return} LSAN_OPTIONS={LEAK_OPTIONS}"
        watched = "valgrind -q --track-fds=yes" if flavour == "memcheck" else sanitizers
        return [*recipe(entry, root, folder, flavour, driver), f"{watched} {folder}/{PROGRAM}"]
    run = f"{BUILD_VARIABLE}={folder} PYTHONMALLOC=malloc"
    if flavour in BY_MEMCHECK:
        run += " valgrind -q --trace-children=yes python3 replay.py"
    else:
        preload = " ".join(f"$(gcc -print-file-name={name})" for name in RUNTIMES)
        run += f' ASAN_OPTIONS=detect_leaks=0 LD_PRELOAD="{preload}" python3 replay.py'
    return [*recipe(entry, root, folder, flavour), run]


def _plain(text: str) -> str:
    """Text that ends no docstring."""
    return text.replace("\\", "\\\\").replace('"""', "'''")


def _inputs_of(finding: Finding, step: int) -> list[InputValue]:
    return [i for i in finding.inputs if i.step == step]


# ctypes

# Python's own strings lie in larger blocks of Python's: what is read behind them would not be seen.
_BLOCK = (
    "block = ctypes.CDLL(None).strdup",
    "block.argtypes = [ctypes.c_char_p]",
    "block.restype = ctypes.c_void_p",
)


def _ctypes_body(finding: Finding, entry: Entry) -> str:
    used = {a.step for step in entry.steps for a in step.arguments if isinstance(a, ResultArgument)}
    lines = [
        "import ctypes",
        "import os",
        "",
        f'lib = ctypes.CDLL(os.path.join(os.path.abspath(os.environ.get("{BUILD_VARIABLE}", ".")), "{LIBRARY}"))',
        *(_BLOCK if any(isinstance(a, BytesArgument) for step in entry.steps for a in step.arguments) else ()),
    ]
    for step in {s.python: s for s in entry.steps}.values():
        lines.append(f"{step.python}.argtypes = [{', '.join(_ctypes_type(a) for a in step.arguments)}]")
    lines += [
        f"{entry.steps[number].python}.restype = ctypes.c_void_p"
        for number in sorted(used)
        if number < len(entry.steps)
    ]
    lines.append("")
    for number, step in enumerate(entry.steps):
        call = f"{step.python}({', '.join(_ctypes_values(step, _inputs_of(finding, number)))})"
        lines.append(f"result_{number} = {call}" if number in used else call)
    return "\n".join(lines) + "\n"


def _ctypes_type(argument: Argument) -> str:
    match argument:
        case IntegerArgument(bits=bits, signed=signed):
            return f"ctypes.c_{'int' if signed else 'uint'}{bits}"
        case FloatArgument(bits=bits):
            return {32: "ctypes.c_float", 64: "ctypes.c_double"}.get(bits, "ctypes.c_longdouble")
        case BytesArgument() | ResultArgument() | NullArgument():
            return "ctypes.c_void_p"
        case _:
            raise ReplayRefusedError(f"ctypes scripts have no way yet to write {type(argument).__name__}")


def _ctypes_values(step: EntryStep, inputs: Sequence[InputValue]) -> list[str]:
    by_name = {i.name: i for i in inputs}
    written = []
    for argument in step.arguments:
        match argument:
            case ResultArgument(step=number):
                written.append(f"result_{number}")
            case NullArgument():
                written.append("None")
            case IntegerArgument(name=name) | FloatArgument(name=name):
                written.append(_number(by_name[name].value) if name in by_name else "0")
            case BytesArgument(name=name):
                text = by_name[name].value if name in by_name else b""
                written.append("None" if text is None else f"block({text!r})")
    return written


def _number(value: Value) -> str:
    text = repr(value)
    return f'float("{text}")' if text in ("inf", "-inf", "nan") else text
