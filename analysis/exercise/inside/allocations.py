"""Calls during which one of the interpreter's allocations fails."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from .history import History
from .trying import Trial, said

FAILING = 24  # allocations of a call that fail, one after the other


@dataclass(frozen=True, slots=True)
class Failing:
    """The allocation of the number fails, and none after it."""

    history: History
    number: int


def with_failing_allocations(trial: Trial) -> Callable[[Failing], dict[str, Any]] | None:
    """None where this interpreter has no way to let them fail."""
    try:
        _testcapi = import_module("_testcapi")
    except ImportError:
        return None

    def work(item: Failing) -> dict[str, Any]:
        lines = item.history.lines()
        names = trial.names()
        last = compile(lines[-1], "call", "exec")
        answer = {"raised": "", "said": ""}
        try:
            exec("\n".join(lines[:-1]), names)
            gc.collect()  # empties the lists of objects that are made without an allocation
            _testcapi.set_nomemory(item.number, item.number + 1)
            taken = (item, item)  # but for the tuple that this call left there
            try:
                exec(last, names)
            finally:
                _testcapi.remove_mem_hooks()
        except BaseException as error:
            answer = {"raised": type(error).__name__, "said": said(error)}
        names.clear()
        del taken
        return answer

    return work
