"""How a script or driver is run: the program with its arguments, and the variables around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gnomon.analysis.replay.builds import SANITIZED, Flavour
from gnomon.analysis.replay.names import BUILD_VARIABLE, LEAK_OPTIONS, PROGRAM, SCRIPT
from gnomon.analysis.replay.sanitizer import ABORTING, LEAKS, LOCK, STACK, UNSET
from gnomon.analysis.shadows.stack import STACK_BYTES

_ASAN_OPTIONS = (
    "allocator_may_return_null=1",
    "hard_rss_limit_mb=2048",
)
# Larger steps would be taken for another stack.
MEMCHECK = ("-q", "--track-fds=yes", "--fullpath-after=", "--num-callers=30", "--trace-children=yes")
ORIGINS = "--track-origins=yes"  # of bytes that were never set: who allocated them
MEMCHECK_FRAMES = f"--max-stackframe={STACK_BYTES}"


@dataclass(frozen=True, slots=True)
class Command:
    """`words` begin with the program."""

    words: tuple[str, ...]
    variables: Mapping[str, str]


def command_of(
    code: str, flavour: Flavour, folder: str, by_c: bool, python: str, runtimes: Sequence[str] = (), observer: str = ""
) -> Command:
    """What runs the script, where it is, or the driver that was built into `folder`. `runtimes` of the sanitizers are
    loaded before an interpreter that was built without them; `observer` is memcheck's program."""
    program = (f"{folder}/{PROGRAM}",) if by_c else (python, "-B", SCRIPT)
    origins = (ORIGINS,) if code == UNSET and not by_c else ()
    observed = (observer, *MEMCHECK, *origins, MEMCHECK_FRAMES) if observer else ()
    variables = _variables(folder, code)
    if flavour in SANITIZED and runtimes and not by_c:  # those of a program are linked
        variables["LD_PRELOAD"] = ":".join(runtimes)
    return Command((*observed, *program), variables)


def _variables(folder: str, code: str) -> dict[str, str]:
    # What lets ASan see locals after their function has returned, takes them off the stack.
    looks_for = {"detect_leaks": code in LEAKS, "detect_stack_use_after_return": code != STACK}
    if code in ABORTING:
        looks_for["handle_abort"] = True
    return {
        BUILD_VARIABLE: folder,
        # So that the tools see each block of Python's; "debug" also asks for the lock.
        "PYTHONMALLOC": "malloc_debug" if code in LOCK else "malloc",
        "ASAN_OPTIONS": ":".join((*_ASAN_OPTIONS, *(f"{name}={int(on)}" for name, on in looks_for.items()))),
        "LSAN_OPTIONS": LEAK_OPTIONS,
        "UBSAN_OPTIONS": "print_stacktrace=0",
    }
