"""One history tried: whether it succeeds, what it gives, and which edges ran for the first time."""

from __future__ import annotations

import contextlib
import ctypes
import gc
import os
import sys
from collections.abc import Sequence
from functools import lru_cache
from importlib import import_module
from types import CodeType, FrameType
from typing import Any

from .edges import Edges
from .history import History
from .surface import Surface

look = id  # by a name that is found at once: else looking it up would raise what is pending


def _failing_malloc(file: str) -> Any:
    """What lets an allocation fail that the extension asks the C library for; None where it is not linked for that."""
    fail = getattr(ctypes.CDLL(file), "gnomon_fail_malloc", None)
    if fail is not None:
        fail.argtypes, fail.restype = [ctypes.c_long], ctypes.c_long
    return fail


@lru_cache(maxsize=16)
def _compiled(source: str) -> CodeType:
    return compile(source, "history", "exec")


class Runner:
    """Runs histories. `names` are what their sources may use; `files` are the extensions'."""

    def __init__(self, names: dict[str, object], files: Sequence[str]) -> None:
        self._names = names
        self._malloc = [fail for file in files if (fail := _failing_malloc(file)) is not None]
        self.is_reached = False  # the allocation of the last history that was to fail
        try:
            self._memory: Any = import_module("_testcapi")
        except ImportError:
            self._memory = None

    @property
    def can_fail_allocations(self) -> bool:
        return self._memory is not None

    @property
    def can_fail_library(self) -> bool:
        return bool(self._malloc)

    @property
    def any(self) -> Any:
        """The class of that name."""
        return self._names["Any"]

    def run(self, history: History, of_call: str = "{}") -> dict[str, object]:
        """The variables afterwards."""
        names = dict(self._names)
        lines = history.lines(of_call)
        self.is_reached = False
        try:
            if history.failing < 0:
                exec(_compiled("\n".join(lines)), names)
            else:
                exec(_compiled("\n".join(lines[:-1])), names)
                failing = self._with_failing_malloc if history.of_library else self._with_failing_allocation
                failing(lines[-1], names, history)
        finally:
            for statement in history.after:
                with contextlib.suppress(Exception):
                    exec(statement, names)
        look(0)  # a slot may leave an exception behind
        return names

    def _with_failing_allocation(self, line: str, names: dict[str, object], history: History) -> None:
        call = compile(line, "call", "exec")
        gc.collect()  # empties the lists of objects that are made without an allocation
        self._memory.set_nomemory(history.failing, history.failing + 1)
        taken = (history, history)  # but for the tuple that this call left there
        try:
            exec(call, names)
        finally:
            self._memory.remove_mem_hooks()
            del taken

    def _with_failing_malloc(self, line: str, names: dict[str, object], history: History) -> None:
        call = compile(line, "call", "exec")
        for fail in self._malloc:
            fail(history.failing)
        try:
            exec(call, names)
        finally:
            left = [fail(-1) for fail in self._malloc]
            self.is_reached = min(left) < 0


TOLD = ("raised", "said", "gave", "lost", "reached", "path", "edges")


class Trial:
    """Tells what a history comes to: what is TOLD."""

    def __init__(self, runner: Runner, edges: Edges, surface: Surface) -> None:
        self._runner = runner
        self._edges = edges
        self._surface = surface

    def __call__(self, history: History) -> dict[str, Any]:
        self._edges.forget()
        raised = self._runner.any.raised
        raised.clear()
        kind = said = gave = ""
        is_lost = False
        try:
            names = self._runner.run(history, "result = {}" if history.target.is_expression else "{}")
        except BaseException as error:  # whatever it is: it is what is looked at
            is_lost = KeyboardInterrupt in raised and not _is_passed_on(error)
            kind, said = type(error).__name__, _said(error)
        else:
            is_lost = KeyboardInterrupt in raised
            gave = self._described(names.get("result"))
            names.clear()
        path, edges = self._edges.path, self._edges.new()
        # Made last: what releases more than it owns may empty a dictionary of ours.
        reached = self._runner.is_reached
        return dict(zip(TOLD, (kind, said, gave, is_lost, reached, path, edges), strict=True))

    def _described(self, result: object) -> str:
        """The type of a result, where it is one of the extension's."""
        of = type(result)
        if of in (int, str, bytes, float, type(None), bool, tuple, list, dict):
            return of.__name__
        if not self._surface.is_ours(of):
            return ""
        known = self._surface.types.get(of)
        return known.name if known is not None else f"{of.__module__}.{of.__qualname__}"


class Traced:
    """Tells the same, and the sanitizer writes from where the first KeyboardInterrupt was raised; then it is written
    whether code of Python's saw it before it was lost."""

    def __init__(self, trial: Trial) -> None:
        self._trial = trial
        self._is_told = False

    def __call__(self, history: History) -> dict[str, Any]:
        self._is_told = False
        sys.settrace(self._trace)
        try:
            return self._trial(history)
        finally:
            sys.settrace(None)

    def _trace(self, frame: FrameType, event: str, what: Any) -> Any:
        if event == "exception" and what[0] is KeyboardInterrupt:
            if not self._is_told:
                self._is_told = True
                ctypes.CDLL(None)["__sanitizer_print_stack_trace"]()
            elif frame.f_code.co_filename not in ("<string>", "history"):
                os.write(2, b"\nthrough Python\n")
        return self._trace


def _is_passed_on(error: BaseException | None) -> bool:
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__context__ or error.__cause__
    return error is not None


def _said(error: BaseException) -> str:
    try:
        return str(error)[:300]
    except BaseException:
        return ""
