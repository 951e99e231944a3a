"""The entries of a program, from what its facts say."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import replace

from gnomon import _engine
from gnomon.analysis.boundary.binding import Binding
from gnomon.analysis.boundary.capi import rows
from gnomon.analysis.checking import entries as entry_rules
from gnomon.analysis.checking.capi_entries import capi_entries
from gnomon.analysis.checking.decide import Decider
from gnomon.analysis.checking.deciding import reached_by
from gnomon.analysis.checking.engine import Engine
from gnomon.analysis.checking.entry import Entry, EntryStep, NoEntry, ResultArgument, harness_name
from gnomon.analysis.checking.facts import WorkspaceFacts
from gnomon.analysis.checking.known import Gathered, Known
from gnomon.analysis.contracts.format_calls import format_calls

PROBE = "gnomon_probe"  # of models/gnomon_probe.c
CHANGES_MEMORY, ENDS_HANDLE = "changes memory", "ends handle"
MOD_EXEC = 2  # Py_mod_exec


class Gathering:
    """Asks the engine what may follow on what; each answer holds until a function that it rests on has changed."""

    def __init__(
        self,
        engine: Engine,
        decider: Decider,
        known: Known,
        cancelled: threading.Event,
    ) -> None:
        self._engine = engine
        self._decider = decider
        self._known = known
        self._cancelled = cancelled

    def gathered(self, facts: WorkspaceFacts) -> Gathered:
        """The entries of the last time while neither the edges nor any answer has changed, else new ones."""
        known = self._known.gathered
        is_same = known is not None and known.boundary is facts.boundary and known.declared == facts.entries
        if known is not None and is_same and self._answers_are_same():
            self._keep(known)
            return known
        entries, refused = self._entries(facts)
        programs = tuple(name for name, entry in entries.items() if entry.kind == "main")
        gathered = Gathered(facts.boundary, entries, tuple(refused), facts.entries, programs)
        self._keep(gathered)
        return gathered

    def _keep(self, gathered: Gathered) -> None:
        """What a check that is cancelled found out may be less than there is."""
        if not self._cancelled.is_set():
            self._known.gathered = gathered
            self._known.old_answers.clear()

    def _answers_are_same(self) -> bool:
        """Do answers that were forgotten come out as they were?"""
        old = self._known.old_answers.items()
        return all(self._found(question, entry) is answer for (question, entry), answer in old)

    def _entries(self, facts: WorkspaceFacts) -> tuple[dict[str, Entry], list[NoEntry]]:
        """By their harnesses, short ones first; and what is none, with the reason."""
        functions = [f for source in facts.sources.values() for f in source.functions]
        bindings = facts.boundary.bindings
        by_library: dict[str, list[Binding]] = {}
        for binding in bindings:
            if binding.kind == "ctypes":
                by_library.setdefault(binding.library, []).append(binding)
        found, refused = capi_entries(
            [b for b in bindings if b.kind != "ctypes"],
            functions,
            _static_types(facts),
            _executed(facts),
            _arities(facts),
            self._changes_memory,
        )
        for group in by_library.values():
            more, reasons = entry_rules.ctypes_entries(group, functions, self._changes_memory, self._ends_handle)
            found += more
            refused += reasons
        for entry in entry_rules.declared_entries(functions, facts.entries):
            try:
                self._engine.declare(harness_name(entry), entry)
                found.append(entry)
            except ValueError as error:
                refused.append(NoEntry(entry.steps[0].function, str(error)))
        found += entry_rules.main_entries(functions)
        found.sort(key=lambda entry: len(entry.steps))
        named = {harness_name(entry): entry for entry in found}
        return {name: _narrowed(entry, named) for name, entry in named.items()}, refused

    def _changes_memory(self, entry: Entry) -> bool:
        """Whether the entry's last call may leave memory in a state that a later call sees. Among objects of Python,
        where everything may point to everything, it may."""
        return entry.kind == "capi" or self._found(CHANGES_MEMORY, entry)

    def _ends_handle(self, entry: Entry) -> bool:
        """Whether some inputs lead to a handle that is no longer there after the entry's last call."""
        probe = EntryStep(PROBE, (ResultArgument(0),), "")
        return self._found(ENDS_HANDLE, replace(entry, steps=(*entry.steps, probe)))

    def _found(self, question: str, entry: Entry) -> bool:
        """The answer to a question, which is asked again only when a function that the entry reaches has changed."""
        known = self._known.answer((question, entry))
        if known is not None:
            return known
        name = harness_name(entry)
        try:
            self._engine.declare(name, entry)
        except ValueError:
            return False
        slicer = self._decider.slicer(name)
        answer = slicer.last_call_changes_memory() if question == CHANGES_MEMORY else self._fails(name, slicer)
        if not self._cancelled.is_set():
            self._known.note((question, entry), reached_by(slicer), answer)
        return answer

    def _fails(self, name: str, slicer: _engine.EntrySlicer) -> bool:
        """Can what the harness itself demands fail?"""
        harness = self._engine.native.function_id(name)
        assert harness is not None
        decisions = self._decider.decide(name, slicer, {harness: self._engine.native.obligations(harness)})
        return any(decision.answer == "refuted" for decision in decisions.values())


def _narrowed(entry: Entry, entries: Mapping[str, Entry]) -> Entry:
    """Where only calls before the last one come, the entry without the last call has asked."""
    is_asked = entry.kind == "ctypes" and harness_name(replace(entry, steps=entry.steps[:-1])) in entries
    return replace(entry, asked=(entry.steps[-1].function,)) if is_asked else entry


def _static_types(facts: WorkspaceFacts) -> set[str]:
    tables = [table for source in facts.sources.values() for table in source.tables]
    return {table.key for table in tables if table.record == "PyTypeObject"}


def _arities(facts: WorkspaceFacts) -> dict[str, int]:
    """How many arguments the formats in a function take at most, by its key."""
    found: dict[str, int] = {}
    for source in facts.sources.values():
        keys = {function.name: function.key for function in source.functions}
        for call in format_calls(source):
            key = keys.get(call.call.function, call.call.function)
            if call.language in ("parse", "keywords") and call.format.items is not None:
                found[key] = max(found.get(key, 0), call.format.items.total)
    return found


def _executed(facts: WorkspaceFacts) -> dict[str, list[str]]:
    """The functions that modules execute in the second phase of their loading, by the file that says so."""
    found: dict[str, list[str]] = {}
    for source in facts.sources.values():
        for table in source.tables:
            for row in rows(table) if table.record == "PyModuleDef_Slot" else ():
                number, value = row.get("slot"), row.get("value")
                if number is not None and number.number == MOD_EXEC and value is not None and value.function:
                    found.setdefault(table.path, []).append(value.function)
    return found
