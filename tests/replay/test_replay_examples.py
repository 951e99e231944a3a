"""Real replays, on the examples: each planted mistake with hand-written inputs fails at its mark, and elsewhere it does
not count."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from gnomon.analysis.checking.entry import (
    Argument,
    BytesArgument,
    Entry,
    EntryStep,
    IntegerArgument,
    ResultArgument,
)
from gnomon.analysis.checking.finding import Finding, InputValue
from gnomon.analysis.replay import replay
from histories import History

EXAMPLES = Path(__file__).parents[2] / "examples"
MODULE = "sketch._sketch"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("gcc") is None, reason="needs gcc"),
]

Chosen = dict[str, int | bytes]


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("builds")


def marked_line(path: Path, code: str) -> int:
    return next(n for n, line in enumerate(path.read_text().splitlines(), 1) if f"//~ error[{code}]" in line)


def finding_of(root: Path, path: str, code: str, entry: Entry, steps: list[Chosen]) -> Finding:
    inputs = tuple(
        InputValue(name, value, number, "bytes" if isinstance(value, bytes) else "integer")
        for number, chosen in enumerate(steps)
        for name, value in chosen.items()
    )
    line = marked_line(root / path, code)
    return Finding(
        "f00", code, "error", "confirmed", "as marked", path, line, 1, "f", entry.name, inputs, (), history=entry
    )


def ctypes_entry(path: str, calls: list[tuple[str, Chosen]]) -> tuple[Entry, list[Chosen]]:
    """A history in which every call after a constructor takes its result first."""
    steps = []
    for number, (function, chosen) in enumerate(calls):
        arguments: tuple[Argument, ...] = tuple(
            BytesArgument(name) if isinstance(value, bytes) else IntegerArgument(name, 32, True)
            for name, value in chosen.items()
        )
        steps.append(EntryStep(function, (ResultArgument(0), *arguments) if number else arguments, f"lib.{function}"))
    sources = (path,)
    return Entry(calls[-1][0], "ctypes", tuple(steps), library="libtelemetry.so", sources=sources), [
        c for _, c in calls
    ]


CTYPES = [
    (
        "ring.c",
        "bounds.read",
        [("ring_new", {"capacity": 1}), ("ring_push", {"value": 5}), ("ring_latest", {"back": 0})],
    ),
    ("ring.c", "bounds.write", [("ring_new", {"capacity": 1}), ("ring_pin", {"slot": 1, "value": 0})]),
    (
        "ring.c",
        "lifetime.use-after-free",
        [("ring_new", {"capacity": 1}), ("ring_push", {"value": 0}), ("ring_resize", {"capacity": 1})],
    ),
    ("ring.c", "arith.div-zero", [("ring_new", {"capacity": 1}), ("ring_mean", {})]),
    ("board.c", "lifetime.double-free", [("board_open", {"title": b"\x01"})]),
    ("board.c", "null.deref", [("board_open", {"title": b""}), ("board_gain", {"id": 0})]),
    ("codec.c", "arith.overflow", [("codec_scale", {"value": 2**31 - 1, "gain": 2})]),
    ("codec.c", "arith.shift", [("codec_mask", {"channel": 32})]),
    ("codec.c", "bounds.write", [("codec_checksum", {"letters": b"a" * 18})]),
    pytest.param(
        "ring.c",
        "defined.read",
        [("ring_new", {"capacity": 1}), ("ring_peak", {"limit": 0})],
        marks=pytest.mark.skipif(shutil.which("valgrind") is None, reason="needs valgrind"),
    ),
]


@pytest.mark.parametrize(("path", "code", "calls"), CTYPES)
def test_telemetry(path: str, code: str, calls: list[tuple[str, Chosen]], cache: Path) -> None:
    root = EXAMPLES / "telemetry"
    entry, inputs = ctypes_entry(path, calls)
    report = replay(finding_of(root, path, code, entry, inputs), entry, root, cache)
    assert (report.state, report.reason) == ("replayed", ""), report.output


def function(name: str, *values: object) -> History:
    return History(MODULE).call(f"{MODULE}.{name}", *values, convention="METH_VARARGS")


def method(name: str, made_of: tuple[object, ...], *values: object) -> History:
    made = History(MODULE).new(f"{MODULE}.Histogram", *made_of)
    return made.call(f"made.{name}({{*}})", *values, convention="METH_VARARGS")


CAPI = [
    ("module.c", "bounds.write", function("head", "abcdefgh")),
    ("module.c", "arith.overflow", function("middle", 2**31 - 1, 2**31 - 1)),
    ("module.c", "arith.shift", function("bucket", 1, 0)),
    ("module.c", "lifetime.use-after-free", function("fold", "", 0)),
    ("histogram.c", "arith.div-zero", method("add", (1, 0), 1)),
    ("histogram.c", "bounds.read", method("count", (1,), -2)),
]


@pytest.mark.parametrize(("path", "code", "history"), CAPI)
def test_sketch(path: str, code: str, history: History, cache: Path) -> None:
    root = EXAMPLES / "sketch"
    entry = history.entry(f"src/{path}")
    finding = replace(finding_of(root, f"src/{path}", code, entry, []), inputs=tuple(history.inputs))
    report = replay(finding, entry, root, cache)
    assert (report.state, report.reason) == ("replayed", ""), report.output


def test_another_line_disagrees(cache: Path) -> None:
    root = EXAMPLES / "telemetry"
    entry, inputs = ctypes_entry("codec.c", [("codec_mask", {"channel": 32})])
    finding = finding_of(root, "codec.c", "arith.shift", entry, inputs)
    report = replay(replace(finding, line=finding.line + 1), entry, root, cache)
    assert report.state == "disagrees"
    assert f"the first report is at codec.c:{finding.line}: shift exponent 32" in report.reason


def test_inputs_that_do_not_fail_disagree(cache: Path) -> None:
    root = EXAMPLES / "telemetry"
    entry, inputs = ctypes_entry("codec.c", [("codec_mask", {"channel": 31})])
    report = replay(finding_of(root, "codec.c", "arith.shift", entry, inputs), entry, root, cache)
    assert report.state == "disagrees"
    assert "no report in the project's code" in report.reason


def test_sources_that_do_not_build_are_refused(tmp_path: Path, cache: Path) -> None:
    (tmp_path / "broken.c").write_text("int half(int v) { return v / ; } //~ error[arith.div-zero]\n")
    entry, inputs = ctypes_entry("broken.c", [("half", {"v": 0})])
    report = replay(finding_of(tmp_path, "broken.c", "arith.div-zero", entry, inputs), entry, tmp_path, cache)
    assert report.state == "replay-refused"
    assert "do not build" in report.reason
    assert "lib.half(0)" in report.script


def test_no_compiler_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = EXAMPLES / "telemetry"
    monkeypatch.setenv("PATH", str(tmp_path))
    entry, inputs = ctypes_entry("codec.c", [("codec_mask", {"channel": 32})])
    report = replay(finding_of(root, "codec.c", "arith.shift", entry, inputs), entry, root, tmp_path)
    assert (report.state, report.reason) == ("replay-refused", "no C compiler was found (gcc or cc)")
