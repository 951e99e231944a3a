"""Work in processes that may end in it."""

from __future__ import annotations

import os
from typing import Any

from gnomon.analysis.exercise.inside.forks import MOST_ENDED, MOST_ITEMS, Done, in_children


def work(item: str) -> dict[str, Any]:
    match kind_of(item):
        case "end":
            os.write(2, b"its last words")
            os._exit(3)
        case "spin":
            while True:
                pass
        case "fork":
            os.fork()
        case "empty":
            return {}
        case "part":
            return {"of": item}
        case "write":
            os.write(2, item.encode())
    return {"of": item, "process": os.getpid()}


def kind_of(item: str) -> str:
    return item.partition(" ")[0]


def done(*items: str) -> list[Done[str]]:
    return list(in_children(items, work, 0.2, kind_of, ("of", "process")))


def test_one_process_does_many_items() -> None:
    items = [f"say {number}" for number in range(MOST_ITEMS + 1)]
    answers = [one.answer for one in done(*items)]
    assert [answer["of"] for answer in answers if answer is not None] == items
    assert len({answer["process"] for answer in answers if answer is not None}) == 2


def test_what_a_process_ends_in_is_told_and_the_next_goes_on() -> None:
    first, ended, last = done("write a", "end", "write b")
    assert (first.output, ended.answer, ended.output, last.output) == ("write a", None, "its last words", "write b")
    assert first.answer is not None and last.answer is not None
    assert first.answer["process"] != last.answer["process"]


def test_what_takes_too_long_is_late() -> None:
    late, last = done("spin", "say")
    assert (late.answer, late.is_late, last.is_late) == (None, True, False)


def test_what_ends_processes_again_and_again_is_passed_over() -> None:
    found = done(*(f"end {number}" for number in range(MOST_ENDED + 2)), "say")
    assert [one.answer is None for one in found] == [True] * MOST_ENDED + [False]


def test_a_call_that_forks_answers_once() -> None:
    assert [one.item for one in done("fork", "say a", "say b")] == ["fork", "say a", "say b"]


def test_an_answer_that_was_emptied_is_none() -> None:
    assert [one.item for one in done("empty", "say")] == ["say"]


def test_an_answer_that_has_lost_a_part_is_none() -> None:
    assert [one.item for one in done("part", "say a", "part", "say b")] == ["say a", "say b"]
