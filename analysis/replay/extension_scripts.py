"""Scripts for C extensions: the calls of a history with the objects of the witness, and what shows the failure.

Most failures end the process or raise SystemError by themselves. A reference that is lost or given back too often need
not show at once: then the calls are made many times over, and counted is what nobody can account for.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

from gnomon.analysis.checking.capi_shapes import COLLECTION
from gnomon.analysis.checking.finding import Finding
from gnomon.analysis.checking.python_calls import FAILS, MALLOC_FAILS, Given, PythonCall
from gnomon.analysis.checking.python_values import ANYTHING, Instance, PythonValue, parts_of, with_objects, written
from gnomon.analysis.replay import counting
from gnomon.analysis.replay.collecting import COLLECTED, UNTOLD
from gnomon.analysis.replay.names import BUILD_VARIABLE, MORE_ALLOCATIONS
from gnomon.analysis.replay.report import ReplayRefusedError
from gnomon.analysis.replay.sanitizer import EXPORTED, LOST, MISMATCH, TRAVERSAL, UNSET, WEAKREFS

COUNTED = (LOST, "owner.over-decref", "owner.borrowed")

_EXPECTED = {
    "exception.missing": "SystemError: it returns a failure without setting an exception",
    "exception.pending": "SystemError: it returns a result with an exception set",
}
_ENDS = "the sanitizers report it"
_MOST_SMALL = 12

_ANY = '''\
class Any:
    """Each call of a method has the next of the outcomes: it is raised or returned."""

    def __init__(self, *outcomes):
        object.__setattr__(self, "outcomes", outcomes)
        object.__setattr__(self, "calls", 0)

    def answer(self, *_):
        outcome = self.outcomes[self.calls] if self.calls < len(self.outcomes) else 0
        object.__setattr__(self, "calls", self.calls + 1)
        if outcome is RuntimeError:
            raise RuntimeError
        return outcome

    __index__ = __int__ = __float__ = __bool__ = __len__ = __iter__ = __next__ = __call__ = answer
    __getitem__ = __setitem__ = __delitem__ = __getattr__ = __setattr__ = __delattr__ = answer
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __hash__ = __str__ = __repr__ = answer
    __add__ = __sub__ = __mul__ = __radd__ = __rsub__ = __rmul__ = answer
'''

_LOOKS_BACK = """\
        if isinstance(outcome, Back):
            call_back()
            outcome = outcome.outcome
        if outcome is RuntimeError:
"""

_BACK = '''\
class Back:
    """The extension is called again, before it comes to this outcome."""

    def __init__(self, outcome):
        self.outcome = outcome


class AnyAtEnd(Any):
    def __del__(self):
        call_back()


def call_back():
    """Once, while another call runs."""
    again, Any.again = Any.again, None
    try:
        if again:
            again()
    except Exception:
        traceback.print_exc()
'''

# What the interpreter does with the value of each byte.
_LOOK = """\
def look(value):
    if isinstance(value, (list, tuple)):
        for part in value:
            look(part)
    elif isinstance(value, (bytes, str)):
        list(value)
    elif isinstance(value, (int, float)) and value > 0:
        pass
"""

_EACH_ALLOCATION = """\
# One allocation after the other fails, each in a process of its own.
for number in range({allocations}):
    if os.fork() == 0:
        is_seen = False
        try:
            {attempt}
        except Exception:
            traceback.print_exc()
        sys.stdout.flush()
        os._exit(3 if is_seen else 0)
    if os.waitstatus_to_exitcode(os.wait()[1]) == 3:
        break
"""

# As long as some are left: loading takes many.
_EACH_OF_LOADING = """\
# One allocation after the other fails, each in a process of its own, until loading succeeds again and again.
in_a_row = 0
for number in range(4000):
    if os.fork() == 0:
        is_seen = is_loaded = False
        try:
            {attempt}
        except Exception:
            traceback.print_exc()
        sys.stdout.flush()
        os._exit(3 if is_seen else 4 if is_loaded else 0)
    status = os.waitstatus_to_exitcode(os.wait()[1])
    in_a_row = in_a_row + 1 if status == 4 else 0
    if status == 3 or in_a_row == 50:
        break
else:
    print("{more}")
"""


# What an import of the module does, without what finds it.
_LOADING = """\
folders = [os.path.join(sys.path[0], *"{module}".split(".")[:-1])]
found = importlib.machinery.PathFinder.find_spec("{module}", folders)


def arguments():
    return ()


def calls():
    global is_loaded
    is_loaded = False
    _imp.exec_dynamic(_imp.create_dynamic(found))
    is_loaded = True


"""

_EACH_OBJECT = """\
# Expected: the sanitizers report it, of small objects in any case; each is tried in a process of its own.
for number in range({count}):
    if os.fork() == 0:
        try:
            calls(*next(itertools.islice(attempts(), number, None)))
        except Exception:
            traceback.print_exc()
        sys.stdout.flush()
        os._exit(0)
    os.wait()
"""


@dataclass(frozen=True, slots=True)
class _Task:
    """What is written: `calls` of a module's, for a failure of that code."""

    code: str
    module: str
    calls: Sequence[PythonCall]
    fails_to_allocate: bool
    of_c_library: bool = False  # that allocation
    names_arguments: bool = False

    @property
    def values(self) -> list[PythonValue]:
        return [given.value for call in self.calls for given in call.arguments]

    @property
    def instances(self) -> list[Instance]:
        return [part for value in self.values for part in parts_of(value) if isinstance(part, Instance)]

    @property
    def calls_back(self) -> bool:
        return any(instance.calls_back for instance in self.instances)


def extension_body(finding: Finding, module: str, calls: Sequence[PythonCall]) -> str:
    """Raises ReplayRefusedError where Python has no such objects."""
    calls = [call for call in calls if not call.form.startswith("import ")]
    failing = {chosen.name for chosen in finding.inputs if chosen.value == 1}
    fails = failing & {FAILS, MALLOC_FAILS}
    if len(fails) == 2:
        raise ReplayRefusedError("an allocation of the interpreter fails, and one of the C library's")
    task = _Task(finding.code, module, calls, bool(fails), of_c_library=MALLOC_FAILS in fails)
    if emptied := [outcome.empties for one in task.instances for outcome in one.outcomes if outcome.empties]:
        emptying = PythonCall(0, f"{_named(calls, emptied[0])}.clear()", is_inside=True)
        task = replace(task, calls=[*calls[:-1], emptying, calls[-1]], names_arguments=True)
    elif not task.calls_back:
        task = replace(task, calls=[call for call in calls if not call.is_inside])
    if task.code in COUNTED and not calls and not task.fails_to_allocate:
        raise ReplayRefusedError("Python starts a module once, which leaves nothing to count")
    # Who frees an object under the feet of a call that runs, makes it fail at once.
    is_counted = task.code in COUNTED and not (task.calls_back and task.code != LOST)
    if is_counted:
        imported, body = _counted(task)
    elif task.fails_to_allocate:
        imported, body = _with_failing_allocations(task)
    elif task.code == TRAVERSAL:
        imported, body = _collected(task)
    elif task.code == WEAKREFS:
        *before, last = _plain(task)
        told = UNTOLD.format(last=last, code=task.code)
        imported, body = ["traceback", "weakref"], ["gone = []", *before, *told.splitlines()]
    elif task.code == MISMATCH and calls:
        imported, body = _with_small_objects(task)
    else:
        imported, body = ["traceback"] if len(calls) > 1 else [], list(_plain(task))
    return "\n".join([*_beginning(task, imported), *body]).rstrip("\n") + "\n"


def _named(calls: Sequence[PythonCall], number: int) -> str:
    """How the script calls an object that is passed."""
    given = enumerate((one for call in calls for one in call.arguments), 1)
    position = next((position for position, one in given if one.number == number), None)
    if position is None:
        raise ReplayRefusedError("a script has no name for the object that is emptied")
    return f"argument_{position}"


def _beginning(task: _Task, imported: Iterable[str]) -> Iterator[str]:
    loads = task.fails_to_allocate and not task.calls
    needed = {
        "gc": any(call.form == COLLECTION for call in task.calls),
        "_testcapi": task.fails_to_allocate and not task.of_c_library,
        "ctypes": task.of_c_library,
        "traceback": task.calls_back,
        "_imp": loads,
        "importlib.machinery": loads,
    }
    names = {"os", "sys", *imported, *(name for name, is_needed in needed.items() if is_needed)}
    yield from (f"import {name}" for name in sorted(names))
    yield ""
    yield f'sys.path.insert(0, os.path.abspath(os.environ.get("{BUILD_VARIABLE}", ".")))'
    if task.calls:
        yield f"import {task.module}"
    yield ""
    if task.calls_back:
        text = _ANY.replace("        if outcome is RuntimeError:\n", _LOOKS_BACK)
        text = text.replace("    def __init__", "    again = None\n\n    def __init__", 1)
        yield from ("", *text.splitlines(), "", "", *_BACK.splitlines(), "")
    elif task.instances or task.code == TRAVERSAL:
        yield from ("", *_ANY.splitlines(), "")
    if task.code == UNSET:
        yield from ("", *_LOOK.splitlines(), "")


def _plain(task: _Task) -> Iterator[str]:
    """The calls as a person would write them."""
    expected = f"# Expected: {_EXPECTED.get(task.code, _ENDS)}."
    if task.code in _EXPECTED:
        yield "look = id"  # by a name that is found at once: else looking it up would raise what is pending
    if not task.calls:
        yield from (expected, f"import {task.module}")
    names = count(1)
    for call in task.calls:
        arguments = [written(given.value) for given in call.arguments]
        if task.names_arguments:
            named = [(f"argument_{next(names)}", text) for text in arguments]
            yield from (f"{name} = {text}" for name, text in named)
            arguments = [name for name, _ in named]
        is_last = call is task.calls[-1]
        statements = _statements(call, arguments, is_last)
        if is_last:
            yield expected
            statements = _looked_at(task, call, statements)
        yield from statements
    if task.code in _EXPECTED:
        yield "look(0)  # what slots leave behind, is seen after the next call"


def _looked_at(task: _Task, call: PythonCall, statements: list[str]) -> list[str]:
    """The last call, where a failure shows only when somebody looks at what it leaves."""
    if task.code == EXPORTED:
        return ["try:", *(f"    {line}" for line in statements), "finally:", "    bytes(view)"]
    if task.code == UNSET and _is_expression(statements[0]) and not call.makes:
        return [f"look({statements[0]})"]
    return statements


def _statements(call: PythonCall, arguments: Sequence[str], is_last: bool, scope: str = "global") -> list[str]:
    """A call between others may raise, and the others go on; without the object they do not. `scope` is that of the
    object, for a function that assigns it."""
    text = call.form.format(*arguments)
    if call.is_inside:
        assigns = [f"    {scope} made"] if re.match(r"made \S*= ", text) else []
        return ["", "def in_between():", *assigns, f"    {text}", "", "Any.again = in_between"]
    if call.makes:
        return [f"made = {text}"]
    return [text] if is_last else ["try:", f"    {text}", "except Exception:", "    traceback.print_exc()"]


def _defined(task: _Task, ending: Sequence[str], is_twice: bool = False) -> list[str]:
    """Functions: the arguments made anew, and the calls with them. These give back what `ending` names: the last call's
    `result` and `again`, the object `made`. Without calls, the module is loaded."""
    if not task.calls:
        return _LOADING.format(module=task.module).splitlines()
    names = count(1)
    numbered = [[(f"argument_{next(names)}", given) for given in call.arguments] for call in task.calls]
    flat: list[tuple[str, Given]] = [pair for pairs in numbered for pair in pairs]
    values = ", ".join(written(given.value) for _, given in flat)
    lines = ["", "def arguments():", f"    return ({values}{',' if len(flat) == 1 else ''})", "", ""]
    lines.append(f"def calls({', '.join(name for name, _ in flat)}):")
    body: list[str] = []
    for call, pairs in zip(task.calls, numbered, strict=True):
        is_last = call is task.calls[-1]
        statements = _statements(call, [name for name, _ in pairs], is_last, "nonlocal")
        if is_last and ending and _is_expression(statements[0]) and not call.makes:
            statements = [f"result = {statements[0]}", *([f"again = {statements[0]}"] if is_twice else [])]
        elif is_last and is_twice and not call.makes:  # made += 1
            statements = statements * 2
        body += _looked_at(task, call, statements) if is_last else statements
    text = "\n".join(body)
    if ending:
        returned = [name for name in ending if f"{name} = " in text]
        body.append(f"return [{', '.join(returned)}]")
    return [*lines, *(f"    {line}" if line else "" for line in body), "", ""]


def _is_expression(text: str) -> bool:
    try:
        ast.parse(text, mode="eval")
    except SyntaxError:
        return False
    return True


def _counted(task: _Task) -> tuple[list[str], list[str]]:
    """What is imported, and the lines."""
    is_lost = task.code == LOST
    text = counting.LOST if is_lost else counting.GIVEN_BACK
    # What is given back borrowed, has one owner: only the second time there is one too few. What an object gives back
    # as it goes, is given back in the calls.
    kept = {LOST: [], "owner.over-decref": ["result"]}.get(task.code, ["result", "again", "made"])
    defined = _defined(task, kept, task.code == "owner.borrowed")
    wrapped = _failing(task) if task.fails_to_allocate else counting.ATTEMPT
    containers = "list, tuple, dict, Any" if task.instances else "list, tuple, dict"
    calls = 100 if task.fails_to_allocate else 1000
    counted = text.replace("CODE", task.code).replace("CONTAINERS", containers).replace("REPEATED", str(calls))
    lines = [*defined, *wrapped.splitlines(), "", "", *counted.splitlines()]
    imported = ["gc", "tracemalloc"] if is_lost else ["collections", "gc"]
    if task.fails_to_allocate:
        each = _each_allocation(task, 60, "is_seen = count_calls()")
        return [*imported, "traceback"], [*lines, "", "", *each.splitlines()]
    return [*imported, "traceback"], [*lines, "", "", "count_calls()"]


def _collected(task: _Task) -> tuple[list[str], list[str]]:
    """What nobody looked at may be an object that refers to others."""
    calls = [replace(call, arguments=tuple(map(_as_holder, call.arguments))) for call in task.calls]
    is_taken = any(call.form.startswith("taken = ") for call in calls)
    defined = _defined(replace(task, calls=calls), ["taken" if is_taken else "made"])
    lines = [*defined, *counting.ATTEMPT.splitlines(), "", "", *COLLECTED.replace("CODE", task.code).splitlines()]
    return ["gc", "traceback", "weakref"], lines


def _as_holder(given: Given) -> Given:
    return replace(given, value=Instance(())) if given.value == ANYTHING else given


def _with_small_objects(task: _Task) -> tuple[list[str], list[str]]:
    """What is taken for a larger object than it is: of most objects something lies where nothing should."""
    given = [written(one.value) for call in task.calls for one in call.arguments]
    variants = [given]
    values = task.values
    for position, value in enumerate(values):
        variants += [[*given[:position], written(one), *given[position + 1 :]] for one in with_objects(value)]
    distinct = [f"    yield ({', '.join(one)}{',' if len(one) == 1 else ''})" for one in variants[:_MOST_SMALL]]
    each = _EACH_OBJECT.format(count=len(dict.fromkeys(distinct)))
    lines = [*_defined(task, []), "def attempts():", *dict.fromkeys(distinct), "", "", *each.splitlines()]
    return ["itertools", "traceback"], lines


def _each_allocation(task: _Task, allocations: int, attempt: str) -> str:
    if not task.calls:
        return _EACH_OF_LOADING.format(attempt=attempt, more=MORE_ALLOCATIONS)
    return _EACH_ALLOCATION.format(allocations=allocations, attempt=attempt)


def _failing(task: _Task) -> str:
    if not task.of_c_library:
        return counting.FAILING
    path = f"{task.module}.__file__" if task.calls else "found.origin"
    return "\n".join([*counting.fail_malloc_of(path), counting.FAILING_MALLOC])


def _with_failing_allocations(task: _Task) -> tuple[list[str], list[str]]:
    each = _each_allocation(task, 200, "try_to_call(*given)")
    lines = [*_defined(task, []), *_failing(task).splitlines(), "", "", "given = arguments()", each]
    return ["gc", "traceback"], lines
