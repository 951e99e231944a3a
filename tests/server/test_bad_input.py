"""Bad input through `gnomon check`, `gnomon bindings` and a session: said once, and everything else is still served."""

from __future__ import annotations

import asyncio
import json
import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from gnomon.analysis import workspace
from lsprotocol import types
from pygls.lsp.client import LanguageClient

PATIENCE = 60.0  # seconds for one command, on a busy machine
GOOD_C = "int get(int i) { int a[4] = {0}; return a[i & 3]; }\n"
GOOD_PYTHON = "import ctypes\nlib = ctypes.CDLL('./liba.so')\nlib.get.argtypes = [ctypes.c_char_p]\nlib.get(b'1')\n"
WRONG = ("a.py", 3, "contract.argtypes")  # planted above: it must be found beside whatever else there is


def half_typed(folder: Path) -> None:
    (folder / "b.py").write_text("import ctypes\nlib = ctypes.CDLL(\nclass A(ctypes.Structure:\n  _fields_ = [('x',")
    (folder / "b.c").write_text('int f(int a { if (a) { return "')


def random_bytes(folder: Path) -> None:
    noise = random.Random(3)
    for name in ("b.py", "b.c", "b.h", "c.pyi"):
        (folder / name).write_bytes(noise.randbytes(20_000))


def not_utf8(folder: Path) -> None:
    (folder / "b.py").write_bytes("# -*- coding: latin-1 -*-\nname = 'caf\u00e9'\n".encode("latin-1"))
    (folder / "b.c").write_bytes("/* caf\u00e9 */ int f(int a) { return a; }\n".encode("latin-1"))


def damaged_libraries(folder: Path) -> None:
    (folder / "libcut.so").write_bytes(b"\x7fELF\x02\x01\x01 and then nothing that makes sense")
    (folder / "libempty.so").write_bytes(b"")
    (folder / "lib.c").write_text("int other(int a) { return a; }\n")
    subprocess.run(["gcc", "-g", "-shared", "-fPIC", "-o", "whole", "lib.c"], cwd=folder, check=True)
    (folder / "lib.c").unlink()
    data = (folder / "whole").read_bytes()
    (folder / "whole").unlink()
    (folder / "libhalf.so").write_bytes(data[: len(data) // 2])
    noise = bytearray(data)
    noise[0x400:] = random.Random(4).randbytes(len(noise) - 0x400)
    (folder / "libnoise.so").write_bytes(noise)
    uses = "".join(f"ctypes.CDLL('./lib{n}.so').other(1)\n" for n in ("cut", "empty", "half", "noise", "absent"))
    (folder / "b.py").write_text("import ctypes\n" + uses)


def includes_in_a_circle(folder: Path) -> None:
    (folder / "b.h").write_text('#include "c.h"\n')
    (folder / "c.h").write_text('#include "b.h"\n')
    (folder / "b.c").write_text('#include "b.h"\n#include "b.c"\n')


def links_in_a_circle(folder: Path) -> None:
    (folder / "inner").mkdir()
    (folder / "inner" / "outer").symlink_to(folder, target_is_directory=True)
    (folder / "b.c").symlink_to("b.c")
    (folder / "b.py").symlink_to("nowhere.py")


def pipes(folder: Path) -> None:
    for name in ("b.c", "b.py", "b.h", "libb.so"):
        os.mkfifo(folder / name)


def folders_with_names_of_files(folder: Path) -> None:
    for name in ("b.c", "b.py", "setup.py", "pyproject.toml", "compile_commands.json"):
        (folder / name).mkdir()


def large_files(folder: Path) -> None:
    with (folder / "b.py").open("w") as stream:
        stream.write("X = [" + "1, " * 17_000_000 + "]\n")
    with (folder / "b.c").open("w") as stream:
        stream.write("const unsigned char x[] = {" + "0x41, " * 8_500_000 + "};\n")


BAD: dict[str, tuple[Callable[[Path], None], tuple[str, ...]]] = {
    "half typed": (half_typed, ()),
    "random bytes": (random_bytes, ()),
    "not UTF-8": (not_utf8, ()),
    "damaged libraries": (damaged_libraries, ("libcut.so: ", "libempty.so: ", "libhalf.so: ", "libnoise.so: ")),
    "includes in a circle": (includes_in_a_circle, ()),
    "links in a circle": (links_in_a_circle, ("b.c is not a file", "b.py is not a file")),
    "pipes": (pipes, ("b.c is not a file", "b.py is not a file", "b.h is not a file", "libb.so is not a file")),
    "folders": (folders_with_names_of_files, ()),
    "large files": (large_files, ("b.c is left out: it is too large", "b.py is left out: it is too large")),
}


@pytest.fixture(params=BAD)
def project(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, str]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "a.c").write_text(GOOD_C)
    (folder / "a.py").write_text(GOOD_PYTHON)
    BAD[request.param][0](folder)
    return folder, request.param


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "gnomon.server", *words]
    found = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=PATIENCE, stdin=subprocess.DEVNULL
    )
    assert "Traceback" not in found.stderr + found.stdout
    return found


def check_said(text: str, case: str) -> None:
    for expected in BAD[case][1]:
        assert text.count(expected) == 1, text


@pytest.mark.slow
def test_the_command_line(project: tuple[Path, str]) -> None:
    folder, case = project
    checked = run(folder, "check", "--format", "json")
    assert checked.returncode == 1
    report = json.loads(checked.stdout)
    assert WRONG in {(f["path"], f["line"], f["code"]) for f in report["findings"]}
    listed = run(folder, "bindings")
    assert listed.returncode == 0
    assert "a.lib.get" in listed.stdout and "a.c:1" in listed.stdout
    check_said(listed.stderr, case)


async def session(folder: Path) -> tuple[list[types.Location], list[str]]:
    """What the planted use leads to, and what the server said; opens the bad files too, as far as they can be."""
    client, told = LanguageClient("bad", "1"), []

    @client.feature(types.WINDOW_LOG_MESSAGE)
    @client.feature(types.WINDOW_SHOW_MESSAGE)
    def on_message(_: LanguageClient, params: types.LogMessageParams | types.ShowMessageParams) -> None:
        told.append(params.message)

    await client.start_io(sys.executable, "-m", "gnomon.server", "serve", "--stdio")
    capabilities = types.ClientCapabilities()
    await client.initialize_async(types.InitializeParams(capabilities=capabilities, root_uri=folder.as_uri()))
    client.initialized(types.InitializedParams())
    opened = [path for path in (folder / "b.py", folder / "b.c", folder / "a.py") if path.is_file()]
    for path in opened:
        text = path.read_bytes().decode("utf-8", "replace")
        item = types.TextDocumentItem(path.as_uri(), "c" if path.suffix == ".c" else "python", 1, text)
        client.text_document_did_open(types.DidOpenTextDocumentParams(item))
    for path in opened:
        document = types.TextDocumentIdentifier(path.as_uri())
        await client.text_document_hover_async(types.HoverParams(document, types.Position(0, 3)))
        await client.text_document_document_symbol_async(types.DocumentSymbolParams(document))
        await client.text_document_completion_async(types.CompletionParams(document, types.Position(0, 3)))
    document = types.TextDocumentIdentifier((folder / "a.py").as_uri())
    found = None
    while not found:
        found = await client.text_document_definition_async(types.DefinitionParams(document, types.Position(3, 5)))
        await asyncio.sleep(0.05)
    await client.shutdown_async(None)
    client.exit(None)
    await client.stop()
    return [place for place in found if isinstance(place, types.Location)], told


@pytest.mark.slow
def test_a_session(project: tuple[Path, str]) -> None:
    folder, case = project
    found, told = asyncio.run(asyncio.wait_for(session(folder), PATIENCE))
    assert [place.uri for place in found] == [(folder / "a.c").as_uri()]
    check_said("\n".join(told), case)


def test_an_unreadable_folder_is_said_and_the_rest_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests may run as root, whom no mode keeps out: listing is made to fail."""
    (tmp_path / "closed").mkdir()
    (tmp_path / "a.c").write_text(GOOD_C)
    listed = os.scandir

    def refusing(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", path)
        return listed(path)

    monkeypatch.setattr(os, "scandir", refusing)
    snapshot = workspace.Snapshot.of(tmp_path)
    assert snapshot.c_files == (str(tmp_path / "a.c"),)
    assert snapshot.problems == (f"{tmp_path / 'closed'} cannot be read: Permission denied",)


def test_bounds_hold_for_unsaved_texts_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workspace, "PYTHON_BOUND", 10)
    path = tmp_path / "a.py"
    path.write_text("x = 1\n")
    assert workspace.Snapshot.of(tmp_path).python_files == (str(path),)
    assert workspace.Snapshot.of(tmp_path, {str(path): "x = 12345\n"}).python_files == (str(path),)
    assert workspace.Snapshot.of(tmp_path, {str(path): "x = 123456\n"}).python_files == ()


def test_what_is_left_out_is_said_once_also_of_unsaved_texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workspace, "PYTHON_BOUND", 10)
    saved, shrunk, unsaved = (tmp_path / name for name in ("a.py", "b.py", "c.py"))
    saved.write_text("x = 1234567\n")
    shrunk.write_text("x = 1234567\n")
    open_texts = {str(saved): "x = 7654321\n", str(shrunk): "x = 1\n", str(unsaved): "x = 1234567\n"}
    snapshot = workspace.Snapshot.of(tmp_path, open_texts)
    assert snapshot.python_files == (str(shrunk),)
    left_out = "is left out: it is too large to be read"
    assert sorted(snapshot.problems) == [f"a.py {left_out}", f"c.py {left_out}"]
