"""Reports of ASan, UBSan and memcheck, read; and whether one of them is what a finding says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from gnomon.analysis.checking.finding import Finding


@dataclass(frozen=True, slots=True)
class SanitizerReport:
    """One failure that a tool saw: the codes it may be, and its innermost place in the project's code. `is_of_calls`: a
    script, or Python itself, saw it of the calls as a whole, which has no place."""

    codes: frozenset[str]
    path: Path | None
    line: int
    text: str
    function: str = ""
    is_of_calls: bool = False
    is_of_python: bool = False  # Python itself saw it
    functions: frozenset[str] = frozenset()  # of the project, that were under way
    is_of_origin: bool = False  # the place is that of who allocated bytes that were never set; who looks is not here


LEAKS = ("lifetime.leak", "resource.leak")
STACK = "stack.overflow"
LOST = "owner.leak"
ALIVE_WHEN_USED = "owner.alive_when_used"
EXPORTED = "owner.exported"
TRAVERSAL = "slot.traverse"
TRACKED = "slot.tracked"
WEAKREFS = "slot.weakrefs"
OWNER = ("owner.use-after-decref", "owner.over-decref", "owner.borrowed", EXPORTED)
UNBALANCED = "gil.unbalanced"
LOCK = ("gil.missing", UNBALANCED)

# Of these the interpreter itself may abort: when None is freed, or its lock is missing; and where an assertion of a
# debug build does not hold, of which those on exceptions say what they are of.
ABORTING = ("exception.pending", TRACKED, *OWNER, *LOCK)
_OF_EXCEPTION = re.compile(r"Assertion .*PyErr_Occurred|_Py_CheckFunctionResult|_Py_CheckSlotResult")

MISMATCH = "type.mismatch"
UNSET = "defined.read"
_GIVEN = ("defined.given", "defined.argument")  # what was never set, and only the interpreter looks at

_BOUNDS = ("bounds.read", "bounds.write", MISMATCH)
_UNDEFINED = (
    (r"signed integer overflow|negation of|division of .* cannot be represented", ("arith.overflow",)),
    (r"division by zero", ("arith.div-zero",)),
    (r"shift exponent|left shift of", ("arith.shift",)),
    (r"null pointer", ("null.deref", "null.argument", MISMATCH)),
    (r"misaligned", (MISMATCH,)),
    (r"variable length array bound", (STACK,)),
    (r"is outside the range of representable values", ("arith.conversion",)),
    (
        r"index .* out of bounds|insufficient space|pointer index expression|pointer overflow|address .* with insuff",
        _BOUNDS,
    ),
)
_ABORTED = re.compile("ABRT")
_ADDRESS = (
    (r"double-free", ("lifetime.double-free", TRACKED, *OWNER)),
    (r"heap-use-after-free", ("lifetime.use-after-free", MISMATCH, TRACKED, *OWNER)),
    (r"stack-use-after", ("lifetime.use-after-free", "lifetime.stack-escape")),
    (r"attempting free on|bad-free|alloc-dealloc-mismatch", ("lifetime.bad-free", TRACKED, *OWNER)),
    (r"param-overlap", ("call.overlap",)),
    (r"negative-size-param", ("call.argument", *_BOUNDS)),
    (r"allocation-size-too-big|requested allocation size", ("call.argument",)),
    (r"stack-overflow", (STACK,)),
    (r"buffer-overflow|buffer-underflow|container-overflow", (*_BOUNDS, "nul.unterminated")),
    (r"FPE", ("arith.div-zero", "arith.overflow")),
    (
        r"SEGV|BUS",
        (
            "null.deref",
            "null.argument",
            "lifetime.use-after-free",
            "lifetime.bad-free",
            *_BOUNDS,
            TRACKED,
            *OWNER,
            *LOCK,
        ),
    ),
    (_ABORTED.pattern, ABORTING),
)
_MEMCHECK = (
    (r"[Uu]ninitialised", ("defined.read",)),
    (r"Invalid read", ("bounds.read", "lifetime.use-after-free", "resource.misuse", *OWNER)),
    (r"Invalid write", ("bounds.write", "lifetime.use-after-free", "resource.misuse", *OWNER)),
    (r"Invalid free", ("lifetime.double-free", "lifetime.bad-free", "resource.misuse", *OWNER)),
    (r"Jump to the invalid", ("null.deref",)),
    (r"Open file descriptor", ("resource.leak",)),
)
_PYTHON = (
    (
        # Code of Python's that is called with one set may lose it.
        r"without setting an exception|without exception set|without raising an exception",
        ("exception.missing", "exception.pending"),
    ),
    (r"with an exception set|with an error set|raised unreported exception", ("exception.pending",)),
    (r"null argument to internal routine", ("null.argument",)),
    (r"bad argument to internal function", ("type.mismatch", "null.argument")),
)

# Demands that are broken without any report. (Of the last ones a driver in C says it itself.)
_UNSEEN = (
    *("wraparound.", "taint.", "lifetime.outlives_return"),
    *("call.character", "resource.descriptor_open_when_used", "null.called"),
    *("call.conversions_given", "call.conversions_fit"),
)
# Demands on values that may decide nothing, and on objects that the interpreter may keep for the next of their kind:
# only where they do, or it does not, there is a report. Of what is taken for another type there is often something that
# looks like it.
_SELDOM_SEEN = ("variables.", "defined.number", ALIVE_WHEN_USED, "type.")

_RUNTIME_ERROR = re.compile(r"^(?P<path>[^\n:]+):(?P<line>\d+):\d+: runtime error: (?P<text>.*)$", re.M)
_ASAN_START = re.compile(r"^==\d+==\s*ERROR: AddressSanitizer:? (?P<text>.*)$", re.M)
_ASAN_FRAME = re.compile(
    r"^\s+#(?P<number>\d+) 0x[0-9a-f]+ (?:in (?P<function>\S+) )?(?P<path>\S+?):(?P<line>\d+)", re.M
)
_LEAK = re.compile(r"^(?:Direct|Indirect) leak of (?P<text>.*)$", re.M)
_WATCHED = re.compile(r"^ERROR: gnomon: (?P<code>[\w.-]+): (?P<text>.*)$", re.M)
_COUNTED = re.compile(r"(?:\d+ )?calls ")
_SYSTEM_ERROR = re.compile(
    r"(?:^  File \"(?P<file>[^\"\n]*)\", line \d+, in (?P<function>\S+)\n(?:    .*\n)*)?^SystemError: (?P<text>.*)$",
    re.M,
)
_TRIES_TO_LOAD = "gnomon_try_to_load"  # a step of histories: see models/cpython_modules.c
_OF_START = re.compile(r"initialization of |execution of module ")
_ORIGIN = re.compile(r"^==\d+==\s+Uninitialised value was created by ", re.M)
_OF_SCRIPT = ("try_to_call", "answer")  # which call no C code: where allocations fail, the interpreter blunders
_RELEASED = re.compile(r"^freed by thread T\d+ here:$", re.M)
_ACCESS = re.compile(r"^(?P<kind>READ|WRITE) of size", re.M)
_REALLOC = re.compile(r"^\s+#0 0x[0-9a-f]+ in \S*realloc", re.M)
_ASSERTION = re.compile(r"^[^\n:]*: (?P<path>[^\n:]+):(?P<line>\d+): \w+: (?P<text>Assertion .* failed\.)$", re.M)
_MEMCHECK_START = re.compile(
    r"^==\d+== "
    r"(?P<text>(?:Conditional jump|Use of uninit|Syscall param|Invalid |Jump to the inv|Open file descriptor).*)$",
    re.M,
)
_MEMCHECK_FRAME = re.compile(
    r"^==\d+==\s+(?:at|by) 0x[0-9A-F]+: (?P<function>\S+) \((?P<path>[^():]+):(?P<line>\d+)\)", re.M
)


def is_seen(finding: Finding) -> bool:
    """Whether some report of the tools can be of this finding."""
    if finding.demand.startswith(_UNSEEN):
        return False
    tables = (_UNDEFINED, _ADDRESS, _MEMCHECK, _PYTHON)
    return finding.code in ("assert.fails", LOST, TRAVERSAL, WEAKREFS, *LEAKS) or any(
        finding.code in codes for table in tables for _, codes in table
    )


def is_seldom_seen(finding: Finding) -> bool:
    """Whether a run without a report may be one in which it failed."""
    return finding.demand.startswith(_SELDOM_SEEN)


def reports_of(output: str, project: Path) -> list[SanitizerReport]:
    """All reports of a run, in order within each tool. Frames outside the folder `project` are passed over."""
    return [
        *_undefined(output, project),
        *_address(output, project),
        *_leaks(output, project),
        *_watched(output, project),
        *_python(output),
        *_memcheck(output, project),
        *_assertion(output, project),
    ]


def agreeing(finding: Finding, reports: Iterable[SanitizerReport], root: Path) -> SanitizerReport | None:
    """The first report of the finding's code at its very line. Leaks are told where their blocks were made; that the
    stack is too small, or an object not what it is taken for, anywhere in the function; and bytes that were never set,
    where only Python looks at them, at both. An object that was given back too often is told wherever it is used or
    freed, one that ends twice inside of its deallocator; what is counted over many calls, of all of them; and that the
    lock is missing, when the function has returned."""
    wanted = (root / finding.path).resolve()
    way = {((root / step.path).resolve(), step.line) for step in finding.steps}
    is_of_start = finding.history is not None and any(s.function == _TRIES_TO_LOAD for s in finding.history.steps)
    for report in reports:
        if finding.code not in report.codes or (report.is_of_origin and finding.demand not in _GIVEN):
            continue
        is_here = (report.path, report.line) == (wanted, finding.line)
        is_of_way = (finding.code in LEAKS or report.is_of_origin) and (report.path, report.line) in way
        is_by_function = finding.code in (STACK, MISMATCH, *OWNER) or report.is_of_origin
        is_inside = is_by_function and (report.path, report.function) == (wanted, finding.function)
        is_later = finding.code == UNBALANCED and report.path is None
        is_of_deallocator = finding.code == TRACKED and finding.function in report.functions
        # While a module is loaded, the import system blunders, too.
        is_blunder = is_of_start and report.is_of_python and not _OF_START.search(report.text)
        is_of_calls = report.is_of_calls and not is_blunder
        if is_here or is_of_way or is_inside or is_later or is_of_deallocator or is_of_calls:
            return report
    return None


def _codes(text: str, table: Iterable[tuple[str, tuple[str, ...]]]) -> frozenset[str]:
    return next((frozenset(codes) for pattern, codes in table if re.search(pattern, text)), frozenset())


def _undefined(output: str, project: Path) -> Iterator[SanitizerReport]:
    for match in _RUNTIME_ERROR.finditer(output):
        path = _inside(match["path"], project)
        yield SanitizerReport(_codes(match["text"], _UNDEFINED), path, int(match["line"]) if path else 0, match["text"])


def _address(output: str, project: Path) -> Iterator[SanitizerReport]:
    for match in _ASAN_START.finditer(output):
        # The first stack is that of the failure; those after it tell of the allocation and the release.
        stack = _stack(output, match)
        codes = _codes(match["text"], _ADDRESS)
        if _ABORTED.search(match["text"]):
            of_exception = frozenset({"exception.pending"})
            codes = codes & of_exception if _OF_EXCEPTION.search(output) else codes - of_exception
        if access := _ACCESS.search(stack):
            excluded = "bounds.write" if access["kind"] == "READ" else "bounds.read"
            codes -= {excluded}
        if "lifetime.double-free" in codes and _REALLOC.search(stack):
            codes |= {"lifetime.use-after-free"}
        yield _placed(codes, _ASAN_FRAME.finditer(stack), match["text"], project)
        if owner := codes & set(OWNER):
            whole = _report(output, match)
            yield from (
                _placed(owner, _ASAN_FRAME.finditer(_stack(whole, released)), match["text"], project)
                for released in _RELEASED.finditer(whole)
            )


def _leaks(output: str, project: Path) -> Iterator[SanitizerReport]:
    """A report of leaks has a stack for each place that made blocks."""
    for match in _LEAK.finditer(output):
        yield _placed(frozenset(LEAKS), _ASAN_FRAME.finditer(_stack(output, match)), match["text"], project)


def _watched(output: str, project: Path) -> Iterator[SanitizerReport]:
    for match in _WATCHED.finditer(output):
        codes = frozenset({match["code"]})
        if match["code"] in (LOST, *OWNER) or _COUNTED.match(match["text"]):  # a script's
            yield SanitizerReport(codes, None, 0, match["text"], is_of_calls=True)
        else:
            yield _placed(codes, _ASAN_FRAME.finditer(_stack(output, match)), match["text"], project)


def _python(output: str) -> Iterator[SanitizerReport]:
    """What the interpreter says of a function's result."""
    for match in _SYSTEM_ERROR.finditer(output):
        if match["function"] in _OF_SCRIPT or (match["file"] or "").startswith("<frozen "):
            continue
        codes = _codes(match["text"], _PYTHON)
        yield SanitizerReport(codes, None, 0, match["text"], is_of_calls=True, is_of_python=True)


def _report(output: str, head: re.Match[str]) -> str:
    """To its last line."""
    return re.split(r"^SUMMARY: ", output[head.end() :], maxsplit=1, flags=re.M)[0]


def _stack(output: str, head: re.Match[str]) -> str:
    return re.split(r"\n\s*\n", output[head.end() :], maxsplit=1)[0]


def _memcheck(output: str, project: Path) -> Iterator[SanitizerReport]:
    for match in _MEMCHECK_START.finditer(output):
        stack = re.split(r"\n==\d+== \n", output[match.end() :], maxsplit=1)[0]
        use, *origin = _ORIGIN.split(stack, maxsplit=1)
        codes = _codes(match["text"], _MEMCHECK)
        report = _placed(codes, _MEMCHECK_FRAME.finditer(use), match["text"], project)
        if report.path is None and origin:
            made = _placed(codes, _MEMCHECK_FRAME.finditer(origin[0]), match["text"], project)
            report = replace(made, is_of_origin=made.path is not None)
        yield report


def _assertion(output: str, project: Path) -> Iterator[SanitizerReport]:
    for match in _ASSERTION.finditer(output):
        path = _inside(match["path"], project)
        yield SanitizerReport(frozenset({"assert.fails"}), path, int(match["line"]) if path else 0, match["text"])


def frames_of(stack: str, project: Path) -> Iterator[tuple[Path, int, str]]:
    """The frames of a stack that are in the project, from the innermost."""
    for frame in _ASAN_FRAME.finditer(stack):
        if path := _inside(frame["path"], project):
            yield path, int(frame["line"]), frame["function"] or ""


def _placed(codes: frozenset[str], frames: Iterable[re.Match[str]], text: str, project: Path) -> SanitizerReport:
    own = [(path, frame) for frame in frames if (path := _inside(frame["path"], project))]
    if not own:
        return SanitizerReport(codes, None, 0, text)
    path, first = own[0]
    functions = frozenset(frame["function"] or "" for _, frame in own)
    return SanitizerReport(codes, path, int(first["line"]), text, first["function"] or "", functions=functions)


def _inside(path: str, project: Path) -> Path | None:
    """Builds call compilers in the project's folder, so that paths may be relative to it; other's paths may be, too."""
    resolved = (project / path).resolve()
    is_there = path.startswith("/") or resolved.is_file()
    return resolved if is_there and resolved.is_relative_to(project.resolve()) else None
