"""The script of a failure: the calls as a person would write them, and what shows that they fail."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gnomon.analysis.exercise.building import FLAGS
from gnomon.analysis.exercise.failure import Failure
from gnomon.analysis.exercise.verdict import Verdict
from gnomon.analysis.replay.builds import RUNTIMES
from gnomon.analysis.replay.names import BUILD_VARIABLE

CALLS = 1000
_ALLOCATIONS = 40

_REPEATED = """\
def attempt():
    try:
        calls()
    except Exception:
        pass


def counted():
    gc.collect()
    return {counted}


for _ in range(10):  # what is made once
    attempt()
before = counted()
for _ in range({calls}):
    attempt()
grown = counted() - before
if {grew}:
    print(f"ERROR: gnomon: {code}: {calls} calls {told}")
"""

_EACH_ALLOCATION = """\
# One allocation after the other fails, each in a process of its own.
for number in range({allocations}):
    if os.fork() == 0:
        try:
            attempt(number)
        except Exception:
            traceback.print_exc()
        sys.stdout.flush()
        os._exit(0)
    os.wait()
"""


def script_text(failure: Failure, verdict: Verdict, module: str, identity: str, place: str, message: str) -> str:
    """`place`: as a person reads it."""
    body = list(_body(failure, verdict))
    needed = {"os", "sys", *failure.imports, *(name for name in _STANDARD if any(f"{name}." in line for line in body))}
    lines = [
        f'"""Run {identity}.',
        "",
        f"Expect {verdict.code} in {verdict.place.function} at {place}:",
        message.replace("\\", "\\\\").replace('"""', "'''"),
        "",
        f"`gnomon replay {identity}` does all of this. By hand, in the project's folder:",
        "",
        *(f"    {line}" for line in _by_hand(identity)),
        '"""',
        "",
        *(f"import {name}" for name in sorted(needed)),
        "",
        f'sys.path.insert(0, os.path.abspath(os.environ.get("{BUILD_VARIABLE}", ".")))',
        f"import {module}",
        "",
    ]
    if failure.definitions:
        lines += ["", *failure.definitions.rstrip().splitlines(), "", ""]
    return "\n".join([*lines, *body]).rstrip() + "\n"


_STANDARD = ("gc", "tracemalloc", "traceback", "ctypes", "_testcapi")


def _by_hand(identity: str) -> list[str]:
    folder = f"/tmp/run-{identity}"
    preload = " ".join(f"$(gcc -print-file-name={name})" for name in RUNTIMES)
    flags = f'CFLAGS="{" ".join(FLAGS)}" LDFLAGS="-fsanitize=address,undefined"'
    return [
        f"{flags} pip install --no-deps --target {folder} .",
        f"{BUILD_VARIABLE}={folder} PYTHONMALLOC=malloc ASAN_OPTIONS=detect_leaks=0:allocator_may_return_null=1 \\",
        f'    LD_PRELOAD="{preload}" python3 run.py',
    ]


def _body(failure: Failure, verdict: Verdict) -> Iterator[str]:
    if failure.kind in ("lost", "count"):
        yield from ("def calls():", *_indented(failure.lines), "", "")
        yield from _counted(failure, verdict).splitlines()
    elif failure.failing:
        yield from ("def attempt(number):", *_indented(failure.lines[:-1]))
        yield from ("    gc.collect()", "    _testcapi.set_nomemory(number, number + 1)")
        yield "    taken = (number, number)  # the tuple that this call left to be used again"
        yield from ("    try:", f"        {failure.call}")
        yield from ("    finally:", "        _testcapi.remove_mem_hooks()", "", "")
        yield from _EACH_ALLOCATION.format(allocations=_ALLOCATIONS).splitlines()
    else:
        yield from failure.lines[:-1]
        yield f"# Expected: {_EXPECTED.get(verdict.code, 'the sanitizers report it')}."
        yield failure.call


_EXPECTED = {
    "exception.missing": "SystemError: it returns a failure without setting an exception",
    "exception.pending": "SystemError: it returns a result with an exception set",
}


def _counted(failure: Failure, verdict: Verdict) -> str:
    if failure.kind == "count":
        counted, told = f"sys.getrefcount({failure.watched})", f"leave {{grown}} references to {failure.watched}"
    elif verdict.code == "lifetime.leak":
        counted = 'ctypes.CDLL(None)["__sanitizer_get_current_allocated_bytes"]()'
        told = "leave {grown} bytes that nobody has"
    else:
        counted, told = "len(tracemalloc.take_snapshot().traces)", "leave {grown} blocks that nobody has"
    text = _REPEATED.format(
        counted=counted,
        calls=CALLS,
        grew=f"grown <= -{CALLS * 9 // 10}" if failure.grown < 0 else f"grown >= {CALLS * 9 // 10}",
        code=verdict.code,
        told=told,
    )
    return f"tracemalloc.start()\n\n\n{text}" if "tracemalloc" in counted else text


def _indented(lines: Sequence[str]) -> list[str]:
    return [f"    {line}" for line in lines]
