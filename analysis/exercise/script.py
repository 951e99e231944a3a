"""The script of a failure: the calls as a person would write them, and what shows that they fail."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gnomon.analysis.exercise.building import FLAGS
from gnomon.analysis.exercise.failure import Failure
from gnomon.analysis.exercise.verdict import Verdict
from gnomon.analysis.replay.builds import RUNTIMES, SHIPPED, WRAPPED
from gnomon.analysis.replay.counting import fail_malloc_of
from gnomon.analysis.replay.names import BUILD_VARIABLE

CALLS, _FAILING_CALLS = 1000, 100
_ALLOCATIONS = 40

_REPEATED = """\
def attempt({number}):
    with contextlib.suppress(Exception):
        calls({number})


def counted():
    gc.collect(){settled}
    return {counted}


{no_python}def count_calls({number}):{unless_python}
    for _ in range(10):  # what is made once
        attempt({number})
    before = counted()
    for _ in range({calls}):
        attempt({number})
    grown = counted() - before
    if {grew}:
        print(f"ERROR: gnomon: {code}: {calls} calls {told}")


"""

_ALLOCATED = 'ctypes.CDLL(None)["__sanitizer_get_current_allocated_bytes"]()'

_SETTLED = """
    if sys.version_info < (3, 12):
        sys._clear_type_cache()  # which refers to None where it is empty"""

_NO_PYTHON = '''\
def calls_python():
    """Without memory for a call of Python code, the interpreter itself loses what it was given."""
    entered = []

    def note(frame, event, _):
        is_inside = event == "call" and frame.f_back.f_code is calls.__code__
        entered.append(is_inside and frame.f_code.co_filename != contextlib.__file__)

    sys.setprofile(note)
    attempt(1 << 30)
    sys.setprofile(None)
    return any(entered)


'''

_EACH_ALLOCATION = """\
# One allocation after the other fails, each in a process of its own.
for number in range({allocations}):
    if os.fork() == 0:
        try:
            {attempt}(number)
        except Exception:
            traceback.print_exc()
        sys.stdout.flush()
        os._exit(0)
    os.wait()
"""


def script_text(failure: Failure, verdict: Verdict, module: str, identity: str, place: str, message: str) -> str:
    """`place`: as a person reads it."""
    failing = fail_malloc_of(f"{module}.__file__") if failure.of_library else []
    body = [*failing, *_body(failure, verdict)]
    needed = {"os", "sys", *failure.imports, *(name for name in _STANDARD if any(f"{name}." in line for line in body))}
    lines = [
        f'"""Run {identity}.',
        "",
        f"Expect {verdict.code} in {verdict.place.function} at {place}:",
        message.replace("\\", "\\\\").replace('"""', "'''"),
        "",
        f"`gnomon replay {identity}` does all of this. By hand, in the project's folder:",
        "",
        *(f"    {line}" for line in _by_hand(identity, failure.of_library)),
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


_STANDARD = ("gc", "tracemalloc", "traceback", "ctypes", "contextlib", "weakref", "_testcapi")


def _by_hand(identity: str, of_library: bool) -> list[str]:
    folder = f"/tmp/run-{identity}"
    preload = " ".join(f"$(gcc -print-file-name={name})" for name in RUNTIMES)
    failing = f"{folder}.o"
    wrapped = f"{failing} {' '.join(WRAPPED)} " if of_library else ""
    flags = f'CFLAGS="{" ".join(FLAGS)}" LDFLAGS="{wrapped}-fsanitize=address,undefined"'
    return [
        *([f"gcc -c -fPIC -o {failing} {SHIPPED}"] if of_library else []),
        f"{flags} pip install --no-deps --target {folder} .",
        f"{BUILD_VARIABLE}={folder} PYTHONMALLOC=malloc ASAN_OPTIONS=detect_leaks=0:allocator_may_return_null=1 \\",
        f'    LD_PRELOAD="{preload}" python3 run.py',
    ]


def _body(failure: Failure, verdict: Verdict) -> Iterator[str]:
    if failure.kind == "interrupt":
        yield from (*failure.lines[:-1], *_INTERRUPTED.format(call=failure.call, code=verdict.code).splitlines())
    elif failure.kind == "cycle":
        yield from (*failure.lines, *_CYCLE.format(code=verdict.code).splitlines())
    elif failure.kind in ("lost", "count") and failure.failing:
        yield from ("def calls(number):", *_failing_call(failure), "", "")
        yield from _counted(failure, verdict).splitlines()
    elif failure.kind in ("lost", "count"):
        yield from ("def calls():", *_indented(failure.lines), "", "")
        yield from _counted(failure, verdict).splitlines()
    elif failure.failing:
        yield from ("def attempt(number):", *_failing_call(failure), "", "")
        yield from _each_allocation()
    else:
        yield from failure.lines[:-1]
        yield f"# Expected: {_EXPECTED.get(verdict.code, 'the sanitizers report it')}."
        after = failure.after if failure.kind == "report" else ()
        if not after:
            yield failure.call
        for statement in (failure.call, *after) if after else ():
            yield from ("with contextlib.suppress(Exception):", f"    {statement}")
        if "Collecting" in failure.definitions:
            yield f"del {', '.join(line.partition(' = ')[0] for line in failure.lines if ' = ' in line)}"


_INTERRUPTED = """\
passed_on = False
try:
    {call}
except BaseException as error:
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__context__ or error.__cause__
    passed_on = error is not None
if KeyboardInterrupt in Any.raised and not passed_on:
    print("ERROR: gnomon: {code}: calls lose the KeyboardInterrupt that was raised in them")
"""

_CYCLE = """\
seen = weakref.ref(node)
del made, node
gc.collect()
if seen() is not None:
    print("ERROR: gnomon: {code}: calls leave an object behind that nobody has")
"""


def _failing_call(failure: Failure) -> Iterator[str]:
    yield from _indented(failure.lines[:-1])
    if failure.of_library:
        yield from ("    fail_malloc(number)", "    try:", f"        {failure.call}")
        yield from ("    finally:", "        fail_malloc(-1)")
    else:
        yield from _failing_call_of_interpreter(failure)
    for statement in failure.after:
        yield from ("        with contextlib.suppress(Exception):", f"            {statement}")


def _failing_call_of_interpreter(failure: Failure) -> Iterator[str]:
    yield from ("    gc.collect()", "    _testcapi.set_nomemory(number, number + 1)")
    yield "    taken = (number, number)  # the tuple that this call left to be used again"
    yield from ("    try:", f"        {failure.call}")
    yield from ("    finally:", "        _testcapi.remove_mem_hooks()", "        del taken")


def _each_allocation(attempt: str = "attempt") -> list[str]:
    return _EACH_ALLOCATION.format(allocations=_ALLOCATIONS, attempt=attempt).splitlines()


_EXPECTED = {
    "exception.missing": "SystemError: it returns a failure without setting an exception",
    "exception.pending": "SystemError: it returns a result with an exception set",
}


def _counted(failure: Failure, verdict: Verdict) -> str:
    if failure.kind == "count":
        counted, told = f"sys.getrefcount({failure.watched})", f"leave {{grown}} references to {failure.watched}"
        if failure.grown > 0:
            counted += f" - {_ALLOCATED} // 8  # C may keep one in each 8 bytes"
    elif verdict.code == "lifetime.leak":
        counted = _ALLOCATED
        told = "leave {grown} bytes that nobody has"
    else:
        counted, told = "len(tracemalloc.take_snapshot().traces)", "leave {grown} blocks that nobody has"
    calls = _FAILING_CALLS if failure.failing else CALLS
    text = _REPEATED.format(
        counted=counted,
        settled=_SETTLED if failure.watched == "None" else "",
        calls=calls,
        number="number" if failure.failing else "",
        no_python=_NO_PYTHON if failure.failing else "",
        unless_python="\n    if calls_python():\n        return" if failure.failing else "",
        grew=f"grown <= -{calls * 9 // 10}" if failure.grown < 0 else f"grown >= {calls * 9 // 10}",
        code=verdict.code,
        told=told,
    )
    started = "tracemalloc.start()\n\n\n" if "tracemalloc" in counted else ""
    ending = "\n".join(_each_allocation("count_calls")) if failure.failing else "count_calls()"
    return f"{started}{text}{ending}"


def _indented(lines: Sequence[str]) -> list[str]:
    return [f"    {line}" for line in lines]
