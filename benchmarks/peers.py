"""Other free tools that read C, each run as its documentation says, and what they report."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SECONDS = 900


@dataclass(frozen=True, slots=True)
class Report:
    path: Path
    line: int
    what: str


@dataclass(frozen=True, slots=True)
class Peer:
    """`command` is followed by the files; `pattern` finds path, line and what it says. Style is left out."""

    name: str
    command: tuple[str, ...]
    pattern: re.Pattern[str]
    each_file: bool = False
    ignored: re.Pattern[str] = re.compile(r"$^")

    @property
    def is_here(self) -> bool:
        return _program(self.command[0]) is not None


@dataclass(frozen=True, slots=True)
class Answer:
    reports: tuple[Report, ...]
    seconds: float
    megabytes: int
    problem: str = ""


PEERS = (
    Peer(
        "gcc -fanalyzer",
        ("gcc", "-std=gnu17", "-fanalyzer", "-c", "-o", "/dev/null"),
        re.compile(
            r"^(?P<path>[^:\n]+):(?P<line>\d+):\d+: warning: .*?\[(?:CWE[^\]]*\] \[)?(?P<what>-Wanalyzer[\w-]+)", re.M
        ),
        each_file=True,
    ),
    Peer(
        "clang-tidy",
        ("clang-tidy", "--quiet", "--checks=-*,clang-analyzer-*,-clang-analyzer-deadcode*"),
        re.compile(
            r"^(?P<path>[^:\n]+):(?P<line>\d+):\d+: (?:warning|error): .*\[(?P<what>clang-analyzer[\w.,-]+)\]$", re.M
        ),
        ignored=re.compile(r"insecureAPI"),  # of functions that may be used wrongly
    ),
    Peer(
        "cppcheck",
        ("cppcheck", "--quiet", "--enable=warning", "--template={file}:{line}:{id}"),
        re.compile(r"^(?P<path>[^:\n]+):(?P<line>\d+):(?P<what>\w+)$", re.M),
        ignored=re.compile(r"missingInclude|syntaxError|toomany|unknownMacro"),
    ),
)


def ask(peer: Peer, files: Sequence[Path], flags: Sequence[str] = ()) -> Answer:
    """What a peer says of the C files of one program; `flags` are the compiler's."""
    begin = time.monotonic()
    runs = [[path] for path in files] if peer.each_file else [list(files)]
    output, peak = "", 0
    for run in runs:
        try:
            printed, megabytes = _run(_command(peer, run, flags), SECONDS - (time.monotonic() - begin))
        except subprocess.TimeoutExpired:
            return Answer(_reports(peer, output), time.monotonic() - begin, peak, f"longer than {SECONDS} seconds")
        output, peak = output + printed, max(peak, megabytes)
    return Answer(_reports(peer, output), time.monotonic() - begin, peak)


def _reports(peer: Peer, output: str) -> tuple[Report, ...]:
    found = {
        Report(Path(match["path"]).resolve(), int(match["line"]), match["what"]): None
        for match in peer.pattern.finditer(output)
        if not peer.ignored.search(match["what"])
    }
    return tuple(found)


def _command(peer: Peer, files: Sequence[Path], flags: Sequence[str]) -> list[str]:
    program = _program(peer.command[0])
    assert program is not None
    names = [str(path) for path in files]
    if peer.name == "clang-tidy":
        return [program, *peer.command[1:], *names, "--", *flags]
    if peer.name == "cppcheck":
        flags = [flag for flag in flags if flag.startswith(("-I", "-D", "-U"))]
    return [program, *peer.command[1:], *flags, *names]


def _program(name: str) -> str | None:
    """Of this environment first: clang-tidy comes as a wheel."""
    beside = Path(sys.executable).with_name(name)
    return str(beside) if beside.exists() else shutil.which(name)


def _run(command: Sequence[str], seconds: float) -> tuple[str, int]:
    """What a command printed, and its memory at the peak in MB."""
    measured = [sys.executable, str(Path(__file__).with_name("measured.py")), *command]
    done = subprocess.run(measured, capture_output=True, text=True, errors="replace", timeout=max(seconds, 1))
    *_, last = done.stderr.splitlines()
    return done.stdout + "\n" + done.stderr, int(last)
