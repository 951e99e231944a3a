"""Functions made by a prototype, and variables of a library, against what they are in C."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from gnomon.analysis.boundary.binding import Binding
from gnomon.analysis.boundary.ctypes_objects import PrototypeUse, VariableUse
from gnomon.analysis.contracts.c_values import bare
from gnomon.analysis.contracts.contradiction import Contradiction, Subject
from gnomon.analysis.contracts.ctypes_fixes import replaced
from gnomon.analysis.contracts.declared import argument_contradiction, contradiction
from gnomon.analysis.debuginfo.dwarf import Unsupported, Variable, open_debug_file
from gnomon.analysis.metamodel import Array, FunctionType, Record, Type, Unknown, Void
from gnomon.analysis.syntax.csource import CVariable

_KNOWN = frozenset({"integer", "float", "string", "pointer", "object"})


def check(subject: Subject) -> Iterator[Contradiction]:
    """Prototypes with other types than the function has, or other counts of parameter flags; variables of other types.

    Example: `c_int.in_dll(lib, "total")` for `long total;`
    """
    functions = {binding.python: binding for binding in subject.boundary.bindings if binding.kind == "ctypes"}
    variables = _Variables(subject)
    for objects in subject.boundary.objects:
        for prototype in objects.prototypes:
            yield from _prototype(subject, prototype, functions.get(prototype.holder))
        for variable in objects.variables:
            yield from _variable(subject, variable, variables.type_of(variable))


def _prototype(subject: Subject, use: PrototypeUse, binding: Binding | None) -> Iterator[Contradiction]:
    if use.flags is not None and use.flags != len(use.arguments):
        text = f"the prototype of `{use.native}` has {_counted(len(use.arguments))}, and {use.flags} parameter flags"
        yield Contradiction("contract.argtypes", text, use.place, use.native, use.holder)
    true = binding.type if binding is not None else None
    if binding is None or true is None:
        return
    count = len(true.parameters)
    if len(use.arguments) < count or (len(use.arguments) > count and not true.is_variadic):
        takes = f"at least {count}" if true.is_variadic else str(count)
        text = f"the prototype of `{use.native}` has {_counted(len(use.arguments))}, and the function takes {takes}"
        yield Contradiction("contract.argtypes", text, use.place, use.native, use.holder, binding.definition)
        return
    yield from _types(subject, use, binding, true)


def _types(subject: Subject, use: PrototypeUse, binding: Binding, true: FunctionType) -> Iterator[Contradiction]:
    for number, (mine, parameter) in enumerate(zip(use.arguments, true.parameters, strict=False), 1):
        if why := argument_contradiction(mine, parameter.type):
            name = f" `{parameter.name}`" if parameter.name else ""
            text = f"argument {number}{name} of `{use.native}`: {why}"
            fixes = replaced(subject.snapshot, mine.at, parameter.type) if mine.at is not None else ()
            at, code = mine.at or use.place, "contract.callback" if mine.kind == "callback" else "contract.argtypes"
            yield Contradiction(code, text, at, use.native, use.holder, binding.definition, fixes=fixes)
    if use.result.kind in ("void", "unknown"):
        return
    if isinstance(bare(true.result), Void):
        why = f"`{use.result.text}` is declared, and the function returns nothing"
    else:
        why = contradiction(use.result, true.result)
    if why:
        text, at = f"result of `{use.native}`: {why}", use.result.at or use.place
        fixes = replaced(subject.snapshot, use.result.at, true.result) if use.result.at is not None else ()
        yield Contradiction("contract.restype", text, at, use.native, use.holder, binding.definition, fixes=fixes)


def _counted(count: int) -> str:
    return "1 argument" if count == 1 else f"{count} arguments"


def _variable(subject: Subject, use: VariableUse, true: Type | None) -> Iterator[Contradiction]:
    if true is None or use.type.kind not in _KNOWN:
        return
    actual = bare(true)
    if isinstance(actual, Array | Record | FunctionType | Unknown):
        return  # any type may stand for their first bytes
    if why := contradiction(use.type, true):
        fixes = replaced(subject.snapshot, use.place, true)
        text = f"variable `{use.native}`: {why}"
        yield Contradiction("contract.argtypes", text, use.place, use.native, use.native, fixes=fixes)


class _Variables:
    """What the true types of variables are: by a source of the workspace, debug information, or a header."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._defined: dict[str, CVariable | None] = {}  # None: defined in several files
        for unit in subject.sources.values():
            for variable in unit.variables:
                if variable.is_definition:
                    other = self._defined.setdefault(variable.name, variable)
                    if other is not None and (other.path, other.line) != (variable.path, variable.line):
                        self._defined[variable.name] = None

    def type_of(self, use: VariableUse) -> Type | None:
        if use.native in self._defined:
            found = self._defined[use.native]
            return found.type if found is not None else None
        debugged = self._from_debug(use)
        if debugged is not None:
            return debugged.type
        headers = self._subject.headers
        declared = headers.variable(use.library, use.native) if headers is not None and use.library else None
        return declared.type if declared is not None else None

    def _from_debug(self, use: VariableUse) -> Variable | None:
        stem = Path(use.library).name.split(".")[0]
        for path in self._subject.snapshot.libraries:
            if not stem or Path(path).name.split(".")[0] not in (stem, f"lib{stem}"):
                continue
            library = open_debug_file(path)
            found = None if isinstance(library, Unsupported) else library.variable(use.native)
            if isinstance(found, Variable):
                return found
        return None
