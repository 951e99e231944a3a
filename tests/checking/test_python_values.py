"""Objects of Python put together from inputs, and how a person is told of them."""

from __future__ import annotations

import pytest
from gnomon.analysis.checking.finding import Finding, InputValue
from gnomon.analysis.checking.python_calls import told_inputs
from gnomon.server.reports.json import named_inputs
from histories import Anything, Convention, History, Instance


def told(history: History, relevant: set[str] | None = None) -> dict[str, object]:
    inputs = told_inputs(history.inputs, history.entry(), relevant)
    return {chosen.name: chosen.value for chosen in inputs}


@pytest.mark.parametrize("convention", ["METH_VARARGS", "METH_FASTCALL", "METH_O"])
def test_arguments_are_told_whole(convention: Convention) -> None:
    history = History("m").call("m.f", [1, "a", None], convention=convention)
    assert told(history) == {"argument 1": "[1, 'a', None]"}


def test_what_is_not_looked_at_is_told_where_the_number_of_arguments_counts() -> None:
    history = History("m").call("m.f", Anything(), convention="METH_VARARGS")
    assert told(history, {"kind"}) == {}
    assert told(history, {"arguments"}) == {"argument 1": "object()"}
    assert told(History("m").call("m.f", convention="METH_VARARGS"), {"arguments"}) == {"arguments": "()"}


def test_only_what_is_relevant_is_told() -> None:
    history = History("m").call("m.f", 1, Instance(), [[]], convention="METH_VARARGS")
    assert told(history, {"length"}) == {"argument 3": "[[]]"}
    assert told(history, {"value"}) == {"argument 1": "1"}


def test_arguments_of_several_calls_go_by_the_call() -> None:
    history = History("m").new("m.Ring", 4).call("made.push({*})", "a").call("made.push({*})", 5).call("made[{0}]", 0)
    assert told(history) == {
        "argument 1 of Ring": "4",
        "argument 1 of push": "'a'",
        "argument 1 of push (call 2)": "5",
        "argument 1 of made[...]": "0",
    }


def test_instances_are_described() -> None:
    history = History("m").call("m.f", [Instance((3, RuntimeError))])
    assert told(history) == {"argument 1": "[<an object whose methods give 3, then raise RuntimeError>]"}
    assert told(History("m").call("m.f", Instance())) == {"argument 1": "<an object>"}


def test_other_inputs_stay_and_pieces_stay_out_of_reports() -> None:
    history = History("m").call("m.f", (1, b"x"))
    file = InputValue("file", b"text", 3, "bytes", "next_line", 2)
    inputs = (*history.inputs, file)
    finding = Finding("f", "c", "error", "confirmed", "", "m.c", 1, 1, "f", "m.f", inputs, (), history=history.entry())
    assert named_inputs(finding) == {"file": "b'text'", "argument 1": "(1, b'x')"}
