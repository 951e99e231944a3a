"""Launch configurations: what debuggers are told, and that a launch.json keeps all that a person wrote into it."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from gnomon.analysis.checking.entry import Entry, EntryStep, IntegerArgument
from gnomon.analysis.checking.finding import Finding, InputValue
from gnomon.analysis.replay.debugging import Debugging, debugging, gdb_command
from gnomon.server.jsonc import NoJsonError, parse
from gnomon.server.launching import DEBUGGERS, configuration, merged, write

WHAT = Debugging(
    *("Gnomon: x in f (f00)", "/bin/python", ("-B", "/tmp/a b/replay.py"), "/tmp/a b"),
    {"LD_PRELOAD": "libasan.so", "GNOMON_BUILD": "/build"},
    *('/src/a "b".c', 3),
)
ADDED = {"name": "mine", "type": "gdb"}


def plain(text: str) -> Any:
    """The data, by a way of its own: without comments and commas at ends. No string of these tests has them inside."""
    bare = re.sub(r"//[^\n]*|/\*.*?\*/", "", text.removeprefix("\ufeff"), flags=re.S)
    return json.loads(re.sub(r",(\s*[}\]])", r"\1", bare))


def test_configurations_for_each_debugger() -> None:
    common = {
        "name": "Gnomon: x in f (f00)",
        "request": "launch",
        "program": "/bin/python",
        "args": ["-B", "/tmp/a b/replay.py"],
        "cwd": "/tmp/a b",
    }
    told = {debugger: configuration(WHAT, debugger) for debugger in DEBUGGERS}
    assert told["cppdbg"] == {
        **common,
        "type": "cppdbg",
        "environment": [
            {"name": "LD_PRELOAD", "value": "libasan.so"},
            {"name": "GNOMON_BUILD", "value": "/build"},
        ],
        "MIMode": "gdb",
        "setupCommands": [
            {"text": "set breakpoint pending on"},
            {"text": 'break -source "/src/a \\"b\\".c" -line 3'},
        ],
    }
    assert told["gdb"] == {**common, "type": "gdb", "env": {"LD_PRELOAD": "libasan.so", "GNOMON_BUILD": "/build"}}
    assert told["lldb-dap"] == {
        **common,
        "type": "lldb-dap",
        "env": ["LD_PRELOAD=libasan.so", "GNOMON_BUILD=/build"],
        "preRunCommands": ['breakpoint set --file "/src/a \\"b\\".c" --line 3'],
    }


def test_a_file_that_is_not_there_is_made(tmp_path: Path) -> None:
    path = write(tmp_path, ADDED)
    assert path == tmp_path / ".vscode" / "launch.json"
    assert json.loads(path.read_text()) == {"version": "0.2.0", "configurations": [ADDED]}
    assert write(tmp_path, {**ADDED, "type": "cppdbg"}) == path
    assert json.loads(path.read_text())["configurations"] == [{**ADDED, "type": "cppdbg"}]


KEPT = """\
// Of all of us.
{
  // The version is VS Code's.
  "version": "0.2.0", /* no other */
  "configurations": [
    // Mine.
    {"name": "a", "args": ["{", "]"]}, // behind a
    {
      "name": "b" // inside
    } // behind b
    // at the end
  ],
  "compounds": [], // kept
}
"""


def test_all_else_stays_as_it_is_written() -> None:
    text = merged(KEPT, ADDED)
    assert plain(text)["configurations"] == [*plain(KEPT)["configurations"], ADDED]
    assert text == KEPT.replace(
        "    } // behind b\n    // at the end\n  ],",
        '    }, // behind b\n    // at the end\n    {\n      "name": "mine",\n      "type": "gdb"\n    }\n  ],',
    )
    assert merged(text, ADDED) == text
    changed = merged(text, {**ADDED, "type": "cppdbg"})
    assert changed == text.replace('"type": "gdb"', '"type": "cppdbg"')


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "{\n}\n",
        '{"version": "0.2.0"}',
        '{"version": "0.2.0",}',
        '{"configurations": []}',
        '{"configurations": [\n]}',
        '{"configurations": [{"name": "a"}]}',
        '{"configurations": [{"name": "a"},]}',
        '{"configurations": [{"name": "a"} /* b */ , // c\n]}',
        '\ufeff{\r\n\t"configurations": [\r\n\t\t{"name": "a"}\r\n\t]\r\n}\r\n',
        '{"configurations": [{"name": "\\u006dine"}, {"no": "name"}, 3]}',
    ],
)
def test_however_it_is_written(text: str) -> None:
    before = plain(text)
    result = merged(text, ADDED)
    others = [item for item in before.get("configurations", []) if item != {"name": "mine"}]
    after = plain(result)
    assert [item for item in after["configurations"] if item != ADDED] == others
    assert after["configurations"].count(ADDED) == 1
    assert {**after, "configurations": 0} == {**before, "configurations": 0}
    assert ("\r\n" in text) == ("\r\n" in result) and "\r" not in result.replace("\r\n", "")
    assert result.startswith("\ufeff") == text.startswith("\ufeff")


def test_nothing_but_comments_is_a_file_to_fill() -> None:
    text = merged("// mine\n", ADDED)
    assert text.startswith("// mine\n{") and plain(text)["configurations"] == [ADDED]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[]", "it holds no object"),
        ('{"configurations": {}}', "its configurations are no list"),
        ('{"a": 1\n"b": 2}', "line 2 is no JSON"),
        ('{"a": [1 2]}', "line 1 is no JSON"),
        ('{"a"', "line 1 is no JSON"),
        ('{"a": }', "line 1 is no JSON"),
        ("{,}", "line 1 is no JSON"),
        ("{} {}", "line 1 is no JSON"),
        ('{"a": "b}', "line 1 is no JSON"),
        ("{a: 1}", "line 1 is no JSON"),
        ("{ / }", "line 1 is no JSON"),
    ],
)
def test_a_broken_file_is_left_alone(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / ".vscode").mkdir()
    path = tmp_path / ".vscode" / "launch.json"
    path.write_text(text)
    with pytest.raises(NoJsonError, match=said):
        write(tmp_path, ADDED)
    assert path.read_text() == text


def test_where_values_stand() -> None:
    text = '/* a */ {"b": [1, {"c": "d\\n"}, ], "e": null}'
    root = parse(text)
    assert root is not None and root.text == text[8:]
    listed = root.members["b"]
    assert ([item.text for item in listed.items], listed.has_comma, root.has_comma) == (
        ["1", '{"c": "d\\n"}'],
        True,
        False,
    )
    assert (listed.items[1].members["c"].string, root.members["e"].string) == ("d\n", None)
    assert text[listed.start : listed.end] == listed.text
    assert parse(" // nothing") is None
    site = parse('{"site": "http://a/*b*/", /* "c": 1 */ "d": []}')
    assert site is not None and list(site.members) == ["site", "d"] and site.members["site"].string == "http://a/*b*/"


SOURCE = "int get(int i) {\n    int a[4] = {0};\n    return a[i];\n}\n"
STEPS = (EntryStep("get", (IntegerArgument("i", 32, True),), "lib.get"),)


@pytest.mark.skipif(not all(map(shutil.which, ("gcc", "gdb"))), reason="needs gcc and gdb")
@pytest.mark.parametrize("kind", ["ctypes", "function"])
def test_gdb_stops_where_it_fails(kind: Any, tmp_path: Path) -> None:
    root = tmp_path / "a project"
    root.mkdir()
    (root / "a.c").write_text(SOURCE)
    inputs = (InputValue("i", 4, 0, "integer"),)
    entry = Entry("get", kind, STEPS, sources=("a.c",))
    finding = Finding("f00", "bounds.read", "error", "confirmed", "m", "a.c", 3, 12, "get", "get", inputs, ())
    what = debugging(finding, entry, root, tmp_path / "builds", tmp_path / "a debug")
    ask = ["-batch", "-ex", "run", "-ex", "print i", "-ex", "continue", "-ex", "bt 12"]
    gdb, *words = shlex.split(gdb_command(what))
    done = subprocess.run([gdb, "-nx", *ask_after(words, ask)], capture_output=True, text=True, timeout=120)
    assert re.search(r"Breakpoint 1(\.1)?, .*get \(i=4\) at .*/a project/a\.c:3", done.stdout), (
        done.stdout + done.stderr
    )
    assert "$1 = 4" in done.stdout
    assert "SIGABRT" in done.stdout and re.search(r"in get \(i=4\) at .*a\.c:3", done.stdout)


def ask_after(words: list[str], ask: list[str]) -> list[str]:
    """What a person types comes after what the command says."""
    at = words.index("--args")
    return [*words[:at], *ask, *words[at:]]
