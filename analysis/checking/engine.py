"""The native engine, loaded with models and shadow domains: the only module that imports it.

Everything here runs in the worker process. Ids of functions and instructions are the engine's own; they do not outlive
it, and nothing outside `checking` sees them.
"""

from __future__ import annotations

import math
import struct
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import clang.native
from gnomon import _engine
from gnomon.analysis import header
from gnomon.analysis.boundary.slots import SUITE_RECORDS
from gnomon.analysis.checking import entry as entries
from gnomon.analysis.checking.c_types import CTypes
from gnomon.analysis.checking.model_files import ModelFiles
from gnomon.analysis.checking.phases import Phases
from gnomon.analysis.checking.settings import Settings
from gnomon.analysis.metamodel import Alias, Enumeration, Record
from gnomon.analysis.models import externals
from gnomon.analysis.shadows import stage
from gnomon.analysis.shadows.staging import StagedTable
from gnomon.analysis.syntax.csource import (
    CArgument,
    CCall,
    CDiagnostic,
    Cell,
    CFunction,
    COrigin,
    CReference,
    CTable,
    CVariable,
    SourceFacts,
)

# Records whose initialisers bind Python names; C's tag, and the name that everyone uses.
TABLE_RECORDS = {
    "struct PyMethodDef": "PyMethodDef",
    "struct PyGetSetDef": "PyGetSetDef",
    "struct PyMemberDef": "PyMemberDef",
    "struct PyModuleDef": "PyModuleDef",
    "struct PyModuleDef_Slot": "PyModuleDef_Slot",
    "struct PyStructSequence_Field": "PyStructSequence_Field",
    "struct PyStructSequence_Desc": "PyStructSequence_Desc",
    "struct _PyArg_Parser": "_PyArg_Parser",
    "struct _typeobject": "PyTypeObject",
    "PyType_Slot": "PyType_Slot",
    "PyType_Spec": "PyType_Spec",
    **{name: name for name in sorted(SUITE_RECORDS)},
}
TABLE_NAMES = {*TABLE_RECORDS, *TABLE_RECORDS.values(), *SUITE_RECORDS}


@dataclass(frozen=True, slots=True)
class LoweredFunction:
    """A function as the engine knows it. `path` is absolute."""

    id: int
    key: str
    name: str
    path: str
    line: int
    has_body: bool
    is_model: bool
    is_static: bool
    reason: str
    calls: tuple[int, ...]  # directly, by id, each once


class Engine:
    """One program: sources are added to it, entries built in it, obligations of it decided."""

    def __init__(self, settings: Settings, python_include: Sequence[str]) -> None:
        self.domains, self.python_include = settings.domains, tuple(python_include)
        self.allocation_failures = settings.allocation_failures
        native = Path(clang.native.__file__).parent
        self.native = _engine.Engine(str(native / "libclang.so"), str(native / "resource"))
        self.phases = Phases()
        self.load_shadows(stage(settings.domains))
        self._model_files = ModelFiles()
        self._functions: Mapping[int, LoweredFunction] = {}
        self._prepare_models()

    def is_of(self, settings: Settings, python_include: Sequence[str]) -> bool:
        """Would an engine made with these be like this one?"""
        made_with = (self.domains, self.allocation_failures, self.python_include)
        return made_with == (settings.domains, settings.allocation_failures, tuple(python_include))

    def load_shadows(self, table: StagedTable) -> None:
        """Checks by these rules from now on."""
        self.demands = table.demands
        self.native.clear_shadows()
        for layer in table.layers:
            self.native.add_layer(layer.name, layer.is_in_memory)
        for demand in table.demands:
            self.native.add_demand(
                demand.code,
                demand.domain,
                demand.message,
                demand.event,
                _rows(demand.guard),
                _rows(demand.predicate),
                demand.layer,
                demand.functions,
                demand.argument,
            )
        for update in table.updates:
            self.native.add_update(
                update.event,
                update.layer,
                _rows(update.guard),
                _rows(update.bit),
                update.target,
                update.functions,
                update.argument,
            )

    def _prepare_models(self) -> None:
        for row in externals.ROWS:
            self.native.add_external(row.name, row.result, row.argument, row.keeps_arguments)
        self.native.expect_models(self._model_files.functions, self._model_files.variables)
        self._load(self._model_files.first())

    def complete(self) -> None:
        """Loads the models of all library functions that the program refers to, and those that these refer to."""
        while files := self._model_files.defining(self.native.missed()):
            self._load(files)

    def _load(self, files: Iterable[Path]) -> None:
        arguments = [f"-isystem{path}" for path in self.python_include]
        if self.allocation_failures:
            arguments.append("-DGNOMON_ALLOCATION_FAILURES")
        if self._model_files.are_of_python:
            arguments.append("-DGNOMON_OF_PYTHON")
        for path in files:
            self.native.update(str(path), arguments, {}, "model")

    def update(
        self, path: str, arguments: Sequence[str], overlays: Mapping[str, str], is_edited: bool = False
    ) -> SourceFacts:
        """Parses a C file and lowers what changed in it. What is being edited is kept ready to be parsed again."""
        use = "edited" if is_edited else "once"
        given = [*header.ARGUMENTS, *(_as_system(a) for a in arguments)]
        report = self.native.update(path, given, dict(overlays), use)
        self.phases.add("parse", report.parse_seconds)
        self.phases.add("lower", report.lower_seconds)
        types = CTypes(report.types)
        return SourceFacts(
            path=path,
            functions=tuple(_function(f, types) for f in report.functions),
            references=tuple(
                CReference(r.name, r.key, r.path, r.line, r.column, r.function, r.is_call) for r in report.references
            ),
            calls=tuple(_call(call, types) for call in report.calls),
            types=_types(report, types),
            tables=self._tables({path, *report.includes}),
            diagnostics=_diagnostics(report),
            includes=tuple(map(sys.intern, report.includes)),  # headers that all units share are kept, and sent, once
            variables=_variables(report, types),
        )

    def declarations(self, text: str, names: Sequence[str], folders: Sequence[str]) -> SourceFacts:
        """What a C text declares itself, and what of those names it declares through the headers it includes, which
        are also looked for in `folders`."""
        report = self.native.declarations(text, [f"-isystem{folder}" for folder in folders], list(names))
        types = CTypes(report.types)
        return SourceFacts(
            path="",
            functions=tuple(_function(f, types) for f in report.functions),
            types=_types(report, types),
            diagnostics=_diagnostics(report),
            variables=_variables(report, types),
        )

    def _tables(self, paths: set[str]) -> tuple[CTable, ...]:
        return tuple(
            CTable(
                t.name,
                t.key,
                TABLE_RECORDS.get(t.record, t.record),
                t.path,
                t.line,
                t.column,
                t.count,
                tuple(_cell(cell) for cell in t.cells),
            )
            for t in self.native.tables(TABLE_NAMES, paths)
        )

    def functions(self) -> Mapping[int, LoweredFunction]:
        """All that the program has now, by their ids; the same object while they are the same."""
        changed = {
            f.id: LoweredFunction(
                f.id, f.key, f.name, f.path, f.line, f.has_body, f.is_model, f.is_static, f.reason, tuple(f.calls)
            )
            for f in self.native.changed_functions()
        }
        if changed:
            self._functions = {**self._functions, **changed}
        return self._functions

    def declare(self, name: str, entry: entries.Entry) -> None:
        """Builds the harness `name` of an entry. Raises ValueError when a step does not fit its function."""
        if entry.kind == "main":
            self.native.build_main_entry(name, entry.steps[0].function)
            return
        if entry.kind == "function":
            self.native.build_function_entry(name, entry.steps[0].function, entry.takes_anything)
            return
        steps = [
            (step.function, [_argument(a) for a in step.arguments], step.stop_if_null, step.stop_if_negative)
            for step in entry.steps
        ]
        self.native.build_entry(name, steps)

    def decode(self, chosen: _engine.ChosenInput) -> tuple[str, int | float | bytes | None]:
        """The kind of an input and its value as Python would write it."""
        kind, bits, signed = self.native.input_kind(*chosen.site)
        value = chosen.value
        if kind == "integer" and isinstance(value, int):
            value &= (1 << bits) - 1
            if signed and value >> (bits - 1):
                value -= 1 << bits
            return kind, value
        if kind == "long double" and isinstance(value, bytes):
            return "float", _long_double_of(value)
        if kind == "float" and isinstance(value, int):
            return kind, _float_of(value, bits)
        return kind, value


def _as_system(argument: str) -> str:
    """Python's own headers are the interpreter's, not the project's, however the build names their folder."""
    is_python = argument.startswith("-I") and Path(argument[2:], "Python.h").is_file()
    return f"-isystem{argument[2:]}" if is_python else argument


def _long_double_of(value: bytes) -> float | int:
    """The number whose bytes an entry chose, but for the integer bit; the nearest float where Python has no other."""
    fraction, sign_exponent = struct.unpack_from("<QH", value)
    fraction &= (1 << 63) - 1
    sign, exponent = -1 if sign_exponent >> 15 else 1, sign_exponent & 0x7FFF
    if exponent == 0x7FFF:
        return sign * math.inf if fraction == 0 else math.nan
    significand = fraction | (exponent != 0) << 63
    exact = Fraction(sign * significand) * Fraction(2) ** (max(exponent, 1) - 0x3FFF - 63)
    try:
        nearest = float(exact)
    except OverflowError:
        return sign * math.inf
    is_integer = exact.denominator == 1 and -(1 << 63) <= exact < 1 << 64
    return int(exact) if is_integer and exact != nearest else nearest


def _float_of(value: int, bits: int) -> float:
    if bits == 32:
        return float(struct.unpack("<f", struct.pack("<I", value & 0xFFFFFFFF))[0])
    return float(struct.unpack("<d", struct.pack("<Q", value))[0])


def _rows(nodes: Iterable[object]) -> list[tuple[str, int, str, int, int]]:
    return [(n.operator, n.number, n.field, n.left, n.right) for n in nodes]  # type: ignore[attr-defined]


def _function(facts: _engine.FunctionFacts, types: CTypes) -> CFunction:
    return CFunction(
        facts.name,
        facts.key,
        facts.path,
        facts.line,
        facts.column,
        facts.begin_line,
        facts.end_line,
        facts.signature,
        facts.comment,
        facts.is_static,
        facts.is_definition,
        facts.is_lowered,
        facts.reason,
        facts.is_changed,
        types.function(facts.type),
        tuple(map(_origin, facts.origins)),
        facts.is_entry,
    )


def _origin(facts: _engine.OriginFacts) -> COrigin:
    operands = tuple(tuple(map(_origin, listed)) for listed in facts.operands)
    return COrigin(facts.kind, facts.name, facts.key, facts.index, operands)


def _types(report: _engine.SourceReport, types: CTypes) -> tuple[Record | Enumeration | Alias, ...]:
    return tuple(t for i in report.records if isinstance(t := types.at(i), Record | Enumeration | Alias))


def _diagnostics(report: _engine.SourceReport) -> tuple[CDiagnostic, ...]:
    return tuple(CDiagnostic(d.severity, d.path, d.line, d.column, d.message) for d in report.diagnostics)


def _variables(report: _engine.SourceReport, types: CTypes) -> tuple[CVariable, ...]:
    return tuple(
        CVariable(v.name, v.path, v.line, v.column, types.at(v.type), v.is_definition) for v in report.variables
    )


def _call(call: _engine.CallFacts, types: CTypes) -> CCall:
    at = call.range
    arguments = tuple(_passed(argument, types) for argument in call.arguments)
    return CCall(call.name, call.function, at.path, at.line, at.column, at.end_line, at.end_column, arguments)


def _passed(argument: _engine.ArgumentFacts, types: CTypes) -> CArgument:
    at, strings = argument.range, argument.strings
    return CArgument(
        types.at(argument.type),
        argument.source,
        at.line,
        at.column,
        at.end_line,
        at.end_column,
        _text(argument.text),
        argument.is_zero,
        argument.variable,
        tuple(map(_text, strings)) if strings is not None else None,
    )


def _text(data: bytes | None) -> str | None:
    return data.decode("utf-8", "replace") if data is not None else None


def _cell(cell: _engine.Cell) -> Cell:
    number = cell.bits - (1 << 64) if cell.bits >> 63 else cell.bits
    return Cell(cell.index, cell.field, number, _text(cell.text), cell.function, cell.global_key)


def _argument(argument: entries.Argument) -> tuple[object, ...]:
    match argument:
        case entries.IntegerArgument(name, bits, signed, minimum, maximum):
            return ("integer", name, bits, signed, minimum, maximum)
        case entries.FloatArgument(name, bits):
            return ("float", name, bits)
        case entries.BytesArgument(name, maximum, may_be_null):
            return ("bytes", name, maximum, may_be_null)
        case entries.ResultArgument(step):
            return ("result", step)
        case entries.StructureArgument(name, type_name):
            return ("structure", name, type_name)
        case entries.AddressArgument(key):
            return ("address", key)
        case entries.ConstantArgument(value):
            return ("constant", value)
        case entries.NullArgument():
            return ("null",)
