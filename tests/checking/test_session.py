"""The session and the process it runs in: what files, cancellations and deaths do to them."""

from __future__ import annotations

import os
import pickle
import queue
import socket
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from threading import Thread

import pytest
from gnomon.analysis.boundary.binding import Binding, Span
from gnomon.analysis.boundary.edges import Boundary
from gnomon.analysis.checking.client import Client, Settings, WorkerDied
from gnomon.analysis.checking.difference import applied, difference
from gnomon.analysis.checking.engine import Engine
from gnomon.analysis.checking.finding import CheckResult, Finding, Statistics
from gnomon.analysis.checking.process import WorkerProcess
from gnomon.analysis.checking.progress import Cancelled
from gnomon.analysis.checking.session import Session, usual_engine
from gnomon.analysis.checking.worker import _receive
from gnomon.analysis.syntax.encoding import REFUSAL, stand_in
from gnomon.analysis.workspace import Snapshot, project_of

SOURCE = "int get(int i) { int a[4] = {0}; return a[i]; }\n"
BINDING = "import ctypes\nlib = ctypes.CDLL('./liba.so')\nlib.get.argtypes = [ctypes.c_int]\nlib.get(1)\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "a.c").write_text(SOURCE)
    (tmp_path / "a.py").write_text(BINDING)
    return tmp_path


def test_a_comment_in_another_encoding_changes_nothing(project: Path) -> None:
    (project / "a.c").write_bytes(b"/* caf\xe9 */ " + SOURCE.encode() + b"// \xff\xfe\n")
    result = Session(project, Settings(store=None)).check({})
    assert [(f.line, f.code) for f in result.findings] == [(1, "bounds.read")]
    assert result.problems == ()


def test_the_arguments_of_main_are_free(tmp_path: Path) -> None:
    (tmp_path / "a.c").write_text(
        "int main(int argc, char **argv) {\n"
        "    int a[3] = {0};\n"
        "    return argc > 1 ? a[argv[1][0] == 'x' ? 3 : 0] : 0;\n"
        "}\n"
    )
    (finding,) = Session(tmp_path, Settings(store=None)).check({}).findings
    assert (finding.line, finding.code, finding.entry) == (3, "bounds.read", "main")


def test_what_a_busy_machine_cut_short_is_tried_again(project: Path) -> None:
    store = project / "verdicts.sqlite"
    hurried = Session(project, Settings(store=store, entry_seconds=0.0)).check({})
    assert hurried.findings == ()
    later = Session(project, Settings(store=store)).check({})
    assert [(f.line, f.code) for f in later.findings] == [(1, "bounds.read")]


def test_what_is_soon_found_is_told_before_the_check_ends(project: Path) -> None:
    (project / "slow.c").write_text(
        "int slow(unsigned x) {\n"
        "    unsigned h = 1;\n"
        "    for (unsigned i = 0; i < x; i++) h = (h ^ i) * 31;\n"
        "    return h == 12345 ? 10 / (int)(h - 12345) : 0;\n"
        "}\n"
    )
    (project / "a.py").write_text(BINDING + "lib.slow.argtypes = [ctypes.c_uint]\nlib.slow(1)\n")
    told: list[list[int]] = []
    settings = Settings(store=None, entry_seconds=3.0)
    result = Session(project, settings).check({}, on_found=lambda found: told.append([f.line for f in found]))
    assert [f.line for f in result.findings] == [1]
    assert told and told[0] == [1]


def test_a_literal_in_another_encoding_leaves_the_file_out(project: Path) -> None:
    (project / "b.c").write_bytes(b'char text[5] = "caf\xe9";\n')
    result = Session(project, Settings(store=None)).check({})
    assert result.problems == ("b.c:1: the file is not UTF-8 outside of its comments",)
    assert len(result.findings) == 1


def test_a_stand_in_keeps_every_place() -> None:
    assert stand_in("// é\n".encode()) is None
    assert stand_in(b"// \xe9 \xc3\xa9\xe9\nint x;\n") == "// ? \u00e9?\nint x;\n"
    assert stand_in(b'char *s = "\xe9";') == REFUSAL


def test_pipes_and_broken_links_are_not_read(project: Path) -> None:
    os.mkfifo(project / "pipe.so")
    os.mkfifo(project / "pipe.c")
    (project / "loop.so").symlink_to("loop.so")
    snapshot = Snapshot.of(project)
    assert snapshot.libraries == ()
    assert [Path(path).name for path in snapshot.c_files] == ["a.c"]
    assert [problem.split()[0] for problem in snapshot.problems] == ["loop.so", "pipe.c", "pipe.so"]


def test_the_project_of_a_file_is_the_nearest_that_looks_like_one(tmp_path: Path) -> None:
    inner = tmp_path / "project" / "src"
    inner.mkdir(parents=True)
    assert project_of(str(inner / "a.c")) == inner
    (tmp_path / "project" / "setup.py").write_text("")
    assert project_of(str(inner / "a.c")) == tmp_path / "project"


def test_a_store_that_cannot_be_used_is_said_and_the_check_goes_on(project: Path) -> None:
    result = Session(project, Settings(store=project / "a.c" / "v.sqlite")).check({})
    assert len(result.findings) == 1
    assert any("verdicts are not kept" in problem for problem in result.problems)


def test_edges_are_joined_again_only_after_a_change(project: Path) -> None:
    session = Session(project, Settings(store=None))
    first = session.open({}).boundary
    assert session.open({str(project / "a.py"): BINDING}).boundary == first
    assert session.open({}).boundary == first
    again = session.open({}).boundary
    assert session.open({}).boundary is again
    moved = SOURCE.replace("return a[i]", "/* one of */ return twice(a[i])")
    helper = "static int twice(int n) { return 2 * n; } "
    with_helper = session.open({str(project / "a.c"): helper + SOURCE}).boundary
    assert with_helper is not again  # its name stands elsewhere
    used = session.open({str(project / "a.c"): helper + moved}).boundary
    assert used is not with_helper  # another function is used
    assert session.open({str(project / "a.c"): helper + moved.replace("one of", "any")}).boundary is used
    assert session.open({str(project / "a.py"): BINDING + "lib.other(2)\n"}).boundary != first
    (project / "b.c").write_text("int other(int i) { return i; }\n")
    (project / "a.py").write_text(BINDING + "lib.other(2)\n")
    assert session.open({}).boundary.bindings[1].truth == "source"


def test_a_file_left_out_is_said_until_it_changes(project: Path) -> None:
    version = Snapshot.of(project).version(str(project / "a.c"))
    session = Session(project, Settings(store=None), {str(project / "a.c"): version})
    assert session.open({}).problems == ("a.c is left out: the checking process ended while reading it",)
    assert session.open({str(project / "a.c"): SOURCE}).problems == ()


def test_a_cancelled_check_ends_and_the_next_one_runs(project: Path) -> None:
    session = Session(project, Settings(store=None))
    session.cancel()
    with pytest.raises(Cancelled):
        session.check({})
    assert len(session.check({}).findings) == 1


def test_a_cancellation_holds_for_the_request_before_it() -> None:
    """Also when the worker had not begun with that request: the main thread may be slow."""

    class Recorder:
        def __init__(self) -> None:
            self.calls: list[str] = []

        def cancel(self) -> None:
            self.calls.append("cancel")

        def resume(self) -> None:
            self.calls.append("resume")

    near, far = Pipe()
    requests: queue.SimpleQueue[tuple[object, ...] | None] = queue.SimpleQueue()
    for message in (("check", {}, None), ("cancel",)):
        near.send(message)
    near.close()
    recorder = Recorder()
    _receive(far, recorder, requests)  # type: ignore[arg-type]
    assert recorder.calls == ["resume", "cancel", "cancel"]  # the last: the other side has gone


class DyingClient(Client):
    """Its workers are threads that do what a test says; each gets the list of files left out."""

    def __init__(self, *lives: Callable[[Connection, dict[str, int]], None]) -> None:
        super().__init__(Path())
        self._lives = list(lives)

    def _ensure(self) -> Connection:
        near, far = socket.socketpair()
        connection, other = Connection(near.detach()), Connection(far.detach())
        Thread(target=self._live, args=(self._lives.pop(0), other, dict(self._left_out))).start()
        self._connection = connection
        return connection

    @staticmethod
    def _live(
        life: Callable[[Connection, dict[str, int]], None], connection: Connection, left_out: dict[str, int]
    ) -> None:
        connection.recv()
        life(connection, left_out)
        connection.close()


def test_a_file_that_kills_the_worker_is_left_out_of_the_next() -> None:
    client = DyingClient(
        lambda connection, _: connection.send(("parsing", "/p/a.c", 7)),
        lambda connection, left_out: connection.send(("result", CheckResult((), (), Statistics()), list(left_out))),
    )
    result = client._request(("check", {}, None), None)
    assert isinstance(result, CheckResult)
    assert result.functions == ("/p/a.c",)


def test_a_death_without_a_file_to_blame_is_reported() -> None:
    client = DyingClient(lambda connection, _: connection.send(("parsing", "", 0)))
    with pytest.raises(WorkerDied):
        client.open({})


def test_the_worker_hears_no_interrupt_of_the_terminal_and_ends_with_its_client(project: Path) -> None:
    client = Client(project, Settings(store=None))
    client.open({})
    process = client._process
    assert process is not None
    assert os.getsid(process.pid) != os.getsid(0)
    client.close()
    assert process.returncode == 0


def test_a_file_that_is_open_in_the_editor_says_what_it_says_closed(project: Path) -> None:
    (project / "size.h").write_text("#include <stddef.h>\nenum { SIZE = 4 };\n")
    source, text = str(project / "a.c"), '#include "size.h"\n' + SOURCE.replace("[4]", "[SIZE]")
    (project / "a.c").write_text(text)
    session = Session(project, Settings(store=None))
    closed = session.open({}).sources[source]
    changed = [f.name for f in closed.functions if f.is_changed]
    assert changed == ["get"]
    for overlays in ({source: text}, {source: "\n" + text}, {source: text}, {}):
        facts = session.open(overlays).sources[source]
        assert [f.name for f in facts.functions if f.is_changed] == []
        assert sorted(facts.includes) == sorted(closed.includes)
    (project / "size.h").write_text("#include <stddef.h>\nenum { SIZE = 8 };\n\n")
    assert [f.is_changed for f in session.open({source: text}).sources[source].functions] == [True]


def test_contradictions_go_ahead_of_the_edges_of_which_only_new_ones_leave_the_worker(project: Path) -> None:
    (project / "b.py").write_text("import ctypes\nother = ctypes.CDLL('./libb.so')\nother.unknown()\n")
    client = Client(project, Settings(store=None))
    told: list[tuple[Finding, ...]] = []
    first = client.open({}, told.append)
    assert [binding.python for binding in first.boundary.bindings] == ["a.lib.get", "b.other.unknown"]
    text = BINDING.replace("c_int", "c_char_p")
    second = client.open({str(project / "a.py"): "\n" + text}, told.append)
    assert [[f.line for f in said] for said in told] == [[], [4, 5]]
    assert second.contracts == told[1]
    assert second.boundary.bindings[0].declared != first.boundary.bindings[0].declared
    assert second.boundary.bindings[1] is first.boundary.bindings[1]
    assert client.open({}).boundary == first.boundary
    client.close()


def test_a_difference_leads_from_one_boundary_to_the_next() -> None:
    edges = [Binding(f"lib.f{number}", "ctypes", f"f{number}") for number in range(4)]
    before = Boundary(tuple(edges[:3]), problems=("old",))
    now = Boundary((edges[2], replace(edges[0], doc="new"), edges[3]), problems=("new",))
    change = difference(before, now)
    assert [edge if isinstance(edge, int) else edge.python for edge in change.edges] == [2, "lib.f0", "lib.f3"]
    assert applied(before, change) == now
    assert pickle.loads(pickle.dumps(Span("a.py", 1, 2, 3, 4))) == Span("a.py", 1, 2, 3, 4)


def test_a_worker_that_was_started_before_its_workspace_was_known_is_used(project: Path) -> None:
    ready = WorkerProcess.started()
    client = Client(project, Settings(store=None), ready)
    assert [binding.python for binding in client.open({}).boundary.bindings] == ["a.lib.get"]
    assert client._process is ready.process
    client.close()
    assert ready.process.returncode == 0
    unused = WorkerProcess.started()
    Client(project, Settings(store=None), unused).close()
    assert unused.process.returncode is not None


def test_an_engine_for_other_headers_is_not_used(project: Path) -> None:
    ready = Engine(Settings(), ["/nowhere"])
    session = Session(project, Settings(store=None), engine=ready)
    assert session._engine is not ready
    assert session._engine.python_include == usual_engine().python_include
