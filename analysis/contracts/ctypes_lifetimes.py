"""Callback objects that are gone when C calls them."""

from __future__ import annotations

from collections.abc import Iterator

from gnomon.analysis.boundary.binding import Binding, Span
from gnomon.analysis.boundary.capi import functions_by_key
from gnomon.analysis.contracts.contradiction import Contradiction, Subject
from gnomon.analysis.contracts.python_calls import Calls, PassedValue
from gnomon.analysis.syntax.csource import CFunction


def check(subject: Subject) -> Iterator[Contradiction]:
    """A callback made in the call itself, for a C function that keeps it and another that calls it later.

    Python frees the object as soon as the call has returned; C then calls freed memory.

    Example: `lib.on_change(HANDLER(print))` for `void on_change(handler h) { saved = h; }`.
    """
    calls = Calls(subject)
    functions = functions_by_key(subject.sources.values())
    for binding in subject.boundary.bindings:
        declared = binding.argtypes or ()
        if binding.kind != "ctypes" or not binding.native_key or not any(t.kind == "callback" for t in declared):
            continue
        kept = dict(subject.kept_callbacks(binding.native_key))
        for use in binding.uses if kept else ():
            call = calls.around(use)
            for number, value in enumerate(call.values if call is not None else ()):
                if number in kept and number < len(declared) and _makes(value, declared[number].text):
                    yield _said(binding, value, functions.get(kept[number]))


def _makes(value: PassedValue, type_: str) -> bool:
    """Is the value an object of that type made on the spot: `HANDLER(f)`, `lib.HANDLER(f)`, `CFUNCTYPE(None)(f)`?"""
    return bool(value.callee) and " ".join(value.callee.split()) == type_


def _said(binding: Binding, value: PassedValue, caller: CFunction | None) -> Contradiction:
    where = f", which `{caller.name}` calls later" if caller is not None else " and calls it later"
    text = (
        f"`{value.text}` is freed when the call returns, and `{binding.native}` keeps it{where}: hold it in a variable"
    )
    truth = None
    if caller is not None:
        end = caller.column + len(caller.name.encode())
        truth = Span(caller.path, caller.line, caller.column, caller.line, end)
    return Contradiction("contract.callback", text, value.at, binding.native, binding.python, truth)
