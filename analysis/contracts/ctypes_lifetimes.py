"""Callback objects that are gone when C calls them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gnomon.analysis.boundary.binding import Binding, Span
from gnomon.analysis.boundary.capi import functions_by_key
from gnomon.analysis.contracts.contradiction import Contradiction, Subject
from gnomon.analysis.contracts.python_calls import Calls, PassedValue
from gnomon.analysis.syntax.csource import CFunction


def check(subject: Subject) -> Iterator[Contradiction]:
    """A callback made in the call itself, for a C function that keeps it and another that calls it later.

    With ctypes an object of the declared callback type, with cffi what `ffi.callback("...", f)` gives.

    Python frees the object as soon as the call has returned; C then calls freed memory.

    Example: `lib.on_change(HANDLER(print))` for `void on_change(handler h) { saved = h; }`.
    """
    calls = Calls(subject)
    functions = functions_by_key(subject.sources.values())
    for binding in subject.boundary.bindings:
        declared = binding.argtypes or ()
        is_declared = binding.kind == "ctypes" and any(t.kind == "callback" for t in declared)
        if not binding.native_key or not (is_declared or binding.kind == "cffi"):
            continue
        kept = dict(subject.kept_callbacks(binding.native_key))
        for use in binding.uses if kept else ():
            call = calls.around(use)
            for number, value in enumerate(call.values if call is not None else ()):
                type_ = declared[number].text if number < len(declared) else ""
                is_made = _is_cffi_callback(value) if binding.kind == "cffi" else _makes(value, type_)
                if number in kept and is_made:
                    yield _said(binding, value, functions.get(kept[number]))


def _makes(value: PassedValue, type_: str) -> bool:
    """Is the value an object of that type made on the spot: `HANDLER(f)`, `lib.HANDLER(f)`, `CFUNCTYPE(None)(f)`?"""
    return bool(value.callee) and " ".join(value.callee.split()) == type_


def _is_cffi_callback(value: PassedValue) -> bool:
    """Is the value an object made on the spot: `ffi.callback("int(int)", f)`?"""
    return re.fullmatch(r"\w*ffi\w*\.callback", value.callee) is not None


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
