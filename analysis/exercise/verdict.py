"""What a failure is called: its code, its place, and the sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gnomon.analysis.boundary.binding import Binding
from gnomon.analysis.exercise.failure import Failure
from gnomon.analysis.replay.sanitizer import LOST, OWNER, SanitizerReport, frames_of, reports_of

# Who makes objects of Python: blocks that come from there are counted.
_MAKES_OBJECTS = re.compile(
    r"\b_?Py(?:Object_(?:GC_)?(?:New|Malloc|Init)|Type_GenericAlloc|Unicode|Bytes|ByteArray|Long|Float|Complex|List|Tuple|Dict"
    r"|Set|FrozenSet|Slice|Module|CFunction|Capsule|Err|Iter|SeqIter|MemoryView|_BuildValue|Object_Call|Object_Str)\w*"
)
_REPLACES = re.compile(r"\bPyErr_Format|\bPyUnicode_FromFormat")  # of Python 3.10, when it prints an object
_RELEASED_FOREVER = re.compile(r"Fatal Python error: (?:none|bool|notimplemented|ellipsis)_dealloc|deallocating", re.I)
_ZERO_PAGE = "address points to the zero page"
_ADDRESS = re.compile(r"on unknown address (?:0x)?([0-9a-f]+)")
_NUMBER = re.compile(r"(?<![\w.'*])(?P<base>\d+)(?:\*\*(?P<power>\d+))?(?![\w.'])")
_FRAME = re.compile(r"^\s+#\d+ 0x[0-9a-f]+ in (?P<function>\S+) (?P<place>\S+)", re.M)
_RELEASES = re.compile(r"_?Py_(?:X?DECREF|XSETREF|CLEAR|Dealloc|DecRef)")
_NOT_TOLD = re.compile(  # harmless, or of what a test harness makes
    r"stack-overflow|requested allocation size|allocation-size-too-big|out-of-memory|hard rss limit|null pointer passed"
    r"|applying .*offset|left shift of|misaligned|not a valid value|incorrect function type|pointer expression"
)


@dataclass(frozen=True, slots=True)
class Place:
    path: Path
    line: int
    function: str


@dataclass(frozen=True, slots=True)
class Verdict:
    code: str
    place: Place
    message: str
    way: tuple[Place, ...] = ()  # from the outermost call of the project's to the innermost


def verdict_of(failure: Failure, root: Path, bindings: Sequence[Binding]) -> Verdict | None:
    """None for what is not certainly the extension's fault."""
    match failure.kind:
        case "report":
            return _of_report(failure, root)
        case "lost":
            return _of_lost(failure, root, bindings)
        case "result":
            return _of_result(failure, bindings)
        case "count":
            return _of_count(failure, bindings)
        case "interrupt":
            return _of_interrupt(failure, root, bindings)
        case "cycle":
            return _of_cycle(failure, bindings)


def _of_report(failure: Failure, root: Path) -> Verdict | None:
    report = next((r for r in reports_of(failure.output, root) if r.path is not None and r.codes), None)
    if report is None or report.path is None or _NOT_TOLD.search(report.text):
        return None
    if _is_address_that_was_passed(failure) or (failure.failing and _is_half_made(failure.output, root)):
        return None
    if "ABRT" in report.text and not _RELEASED_FOREVER.search(failure.output):
        return None
    code, way = _code(report, failure.output, root), _way(failure.output, root)
    function = report.function or next((p.function for p in reversed(way) if p.line == report.line), "")
    place = Place(report.path, report.line, function)
    return Verdict(code, place, _TOLD.get(code, report.text), way)


def _code(report: SanitizerReport, output: str, root: Path) -> str:
    text = report.text
    is_object = _of_an_object(output, root)
    if "attempting free on address which was not" in text:
        return "lifetime.bad-free"
    if "double-free" in text or "attempting free" in text:
        return "owner.over-decref" if is_object else "lifetime.double-free"
    if "use-after-free" in text:
        return "owner.use-after-decref" if is_object else "lifetime.use-after-free"
    if "ABRT" in text:
        return "owner.over-decref"
    if "SEGV" in text or "BUS" in text:
        is_write = "caused by a WRITE" in output
        return "null.deref" if _ZERO_PAGE in output else "bounds.write" if is_write else "bounds.read"
    if "null.deref" in report.codes:
        return "null.deref"
    return min(report.codes)


def _of_an_object(output: str, root: Path) -> bool:
    """Was the block that the report is of made as an object?"""
    return _makes_object(output.partition("allocated by thread")[2].split("\n\n", 1)[0], root)


def _makes_object(stack: str, root: Path) -> bool:
    """Does the project call a function of the interpreter's there that makes one?"""
    return bool(_MAKES_OBJECTS.search(stack.partition(str(root))[0]))


def _is_address_that_was_passed(failure: Failure) -> bool:
    """Functions that take addresses as numbers are meant to fail on others."""
    match = _ADDRESS.search(failure.output)
    if match is None:
        return False
    address = int(match[1], 16)
    passed = {int(m["base"]) ** int(m["power"] or 1) for line in failure.lines for m in _NUMBER.finditer(line)}
    passed |= {(1 << 64) - number for number in passed}  # of negative ones
    return any(number and abs(address - number) < 4096 for number in passed) and _ZERO_PAGE not in failure.output


def _is_half_made(output: str, root: Path) -> bool:
    """Is it one of the interpreter's own objects, which it lets go as it lacks the memory to finish it?"""
    inner: list[str] = []  # the interpreter's functions, the innermost first
    for frame in _FRAME.finditer(output):
        if frame["place"].startswith(f"{root}/"):
            break
        inner.append(frame["function"])
    releasing = [index for index, function in enumerate(inner) if function.endswith("_dealloc")]
    return bool(releasing) and not all(_RELEASES.match(function) for function in inner[releasing[-1] + 1 :])


def _of_lost(failure: Failure, root: Path, bindings: Sequence[Binding]) -> Verdict | None:
    way = _way(failure.output, root)
    if not way and (place := _defined(failure.target, bindings)) is not None and not failure.output:
        told = "a reference to an object that it is given, or makes, is never released, each time that this is called"
        return Verdict(LOST, place, told)
    if not way:
        return None
    code = LOST if _makes_object(failure.output, root) else "lifetime.leak"
    what = "a reference to the object that is made here is" if code == LOST else "the memory that is allocated here is"
    return Verdict(code, way[-1], f"{what} never released, each time that this is called", way)


def _of_result(failure: Failure, bindings: Sequence[Binding]) -> Verdict | None:
    place = _defined(failure.target, bindings)
    if place is None:
        return None
    if "null argument" in failure.output or ("bad argument" in failure.output and "__new__" in failure.made):
        return Verdict("null.argument", place, "NULL is passed to a function of the interpreter that looks at it")
    if "bad argument" in failure.output:
        told = "a function of the interpreter is given an argument that it does not take: of another type, or too small"
        return Verdict("type.mismatch", place, told)
    if "without" in failure.output:
        return Verdict("exception.missing", place, "a failure is returned without an exception set")
    return Verdict("exception.pending", place, "a result is returned with an exception set")


def _of_count(failure: Failure, bindings: Sequence[Binding]) -> Verdict | None:
    if failure.of_type:
        place = _defined(f"{failure.of_type}.tp_dealloc", bindings)
        if place is None or failure.grown < 0:
            return None
        return Verdict(LOST, place, "an instance owns its type, and is freed without releasing it")
    place = _defined(failure.target, bindings)
    if place is None:
        return None
    if failure.grown > 0:
        told = f"a reference to {failure.watched} is never released, each time that this is called"
        return Verdict(LOST, place, told)
    return Verdict(OWNER[1], place, f"a reference to {failure.watched} is released that is not owned")


def _of_interrupt(failure: Failure, root: Path, bindings: Sequence[Binding]) -> Verdict | None:
    way, defined = _way(failure.output, root), _defined(failure.target, bindings)
    inner = failure.output.partition(str(root))[0]
    if "through Python" in failure.output or _REPLACES.search(inner):
        return None
    place = way[-1] if way else defined
    if place is None:
        return None
    if failure.output.startswith("replaced"):
        told = "the KeyboardInterrupt that an argument raises is replaced by another exception"
        return Verdict("exception.clobbered", place, told, way)
    return Verdict("exception.unchecked", place, "the KeyboardInterrupt that an argument raises is cleared", way)


def _of_cycle(failure: Failure, bindings: Sequence[Binding]) -> Verdict | None:
    place = _defined(f"{failure.of_type}.tp_traverse", bindings)
    if place is None:
        return None
    told = "the collector does not see all that an instance owns: a cycle through it is never freed"
    return Verdict("slot.traverse", place, told)


def _defined(name: str, bindings: Sequence[Binding]) -> Place | None:
    """The C function of a Python name; of a type, its constructor."""
    names = (name, f"{name}.__new__", f"{name}.__init__", re.sub(r"__r(\w+__)$", r"__\1", name), _compared(name))
    for wanted in names:
        for binding in bindings:
            if binding.python == wanted and binding.kind != "type" and binding.definition is not None:
                return Place(Path(binding.definition.path), binding.definition.line, binding.native)
    return None


def _compared(name: str) -> str:
    return re.sub(r"__(?:lt|le|eq|ne|gt|ge)__$", "tp_richcompare", name)


def _way(output: str, root: Path) -> tuple[Place, ...]:
    """The first stack's places in the project."""
    stack = re.split(r"\n\s*\n", output.partition("\n    #0")[2] and output[output.index("\n    #0") :], maxsplit=1)[0]
    found = [Place(path, line, function) for path, line, function in frames_of(stack, root)]
    return tuple(reversed(found))


_TOLD = {
    "null.deref": "NULL is read or written through",
    "bounds.read": "memory outside of any object is read",
    "bounds.write": "memory outside of any object is written",
    "owner.use-after-decref": "an object is used after its last reference was released",
    "owner.over-decref": "an object is released more often than it is owned",
    "lifetime.use-after-free": "memory is used after it was freed",
    "lifetime.double-free": "memory is freed twice",
    "lifetime.bad-free": "what is freed is not the beginning of what was allocated",
}
