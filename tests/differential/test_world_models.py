"""The models of what the program's world chooses against the libc of this machine: the world of the models is made to
choose what the machine shows, and then both must say the same."""

from __future__ import annotations

import ctypes
import errno
import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from test_models import INT, LONG, ROUNDS, SIZE, TEXT, function, libc, models

__all__ = ["libc", "models"]  # fixtures

POINTER = ctypes.c_void_p
UNSIGNED = ctypes.c_uint
NUMBER = ctypes.CFUNCTYPE(LONG, TEXT, LONG, LONG)
CHOSEN = ctypes.CFUNCTYPE(LONG, TEXT, TEXT, POINTER, SIZE)


class World:
    """What the models are told: `numbers` by name (0 where there is none), and bytes of `content` from `at` on, at most
    `limit` of them; each piece that was taken moves on."""

    def __init__(self, library: ctypes.CDLL) -> None:
        self.numbers: dict[bytes, int] = {}
        self.content, self.at, self.limit = b"", 0, 0
        self._library = library
        self._callbacks = (NUMBER(self._number), CHOSEN(self._text))
        function(library, "set_world", None, [NUMBER, CHOSEN])(*self._callbacks)

    def _number(self, name: bytes, minimum: int, maximum: int) -> int:
        left = len(self.content) - self.at
        if name == b"file":
            self.at += 1
            return self.content[self.at - 1] if left > 0 else -1
        return int(left <= 0) if name == b"file ends" else self.numbers.get(name, 0)

    def _text(self, kind: bytes, name: bytes, to: int, maximum: int) -> int:
        piece = self.content[self.at : self.at + self.limit]
        if kind == b"line":
            piece = piece.partition(b"\n")[0]
        self.at += len(piece)
        ctypes.memmove(to, piece, len(piece))
        return len(piece)

    def refused(self) -> int:
        """How often something was chosen that a model rules out."""
        return function(self._library, "assumptions_refused", INT, [])()


@pytest.fixture
def world(models: ctypes.CDLL) -> Iterator[World]:
    chosen = World(models)
    yield chosen
    assert chosen.refused() == 0


class Stream:
    """A stream of one of the libraries, and what it is asked."""

    def __init__(self, library: ctypes.CDLL, path: Path) -> None:
        self._library = library
        self._file = function(library, "fopen", POINTER, [TEXT, TEXT])(bytes(path), b"rb")
        self.ask = {
            "fgetc": lambda: self._of("fgetc", INT)(self._file),
            "ungetc": lambda: function(library, "ungetc", INT, [INT, POINTER])(ord("q"), self._file),
            "feof": lambda: self._of("feof", INT)(self._file) != 0,
            "ferror": lambda: self._of("ferror", INT)(self._file) != 0,
            "ftell": lambda: self._of("ftell", LONG)(self._file),
            "rewind": lambda: self._of("rewind", None)(self._file),
            "clearerr": lambda: self._of("clearerr", None)(self._file),
            "getline": self._line,
        }

    def _of(self, name: str, result: type | None) -> Callable[..., int]:
        return function(self._library, name, result, [POINTER])  # type: ignore[arg-type]

    def gets(self, size: int) -> tuple[bool, bytes]:
        buffer = ctypes.create_string_buffer(b"?" * 40)
        found = function(self._library, "fgets", POINTER, [POINTER, INT, POINTER])(
            ctypes.addressof(buffer), size, self._file
        )
        return found is not None, buffer.raw

    def read(self, size: int, count: int) -> tuple[int, bytes]:
        buffer = ctypes.create_string_buffer(b"?" * 80)
        arguments = [POINTER, SIZE, SIZE, POINTER]
        found = function(self._library, "fread", SIZE, arguments)(ctypes.addressof(buffer), size, count, self._file)
        return found, buffer.raw

    def seek(self, offset: int, whence: int) -> int:
        return function(self._library, "fseek", INT, [POINTER, LONG, INT])(self._file, offset, whence)

    def _line(self) -> tuple[int, bytes]:
        line, size = POINTER(), SIZE()
        read = function(self._library, "getline", LONG, [POINTER, POINTER, POINTER])
        length = read(ctypes.byref(line), ctypes.byref(size), self._file)
        text = ctypes.string_at(line.value, length + 1) if length >= 0 and line.value else b""
        function(self._library, "free", None, [POINTER])(line)
        return length, text

    def close(self) -> int:
        return self._of("fclose", INT)(self._file)


def asked(draw: random.Random, stream: Stream, other: Stream, world: World) -> tuple[object, object]:
    """One question to both, which are at the same place; the model first."""
    name = draw.choice([*stream.ask, "fgets", "fread", "fseek", "fgetc", "fgets"])
    if name == "ungetc" and world.at == 0:  # nothing was read that could be given back
        name = "fgetc"
    if name == "fgets":
        size = draw.randrange(1, 12)
        world.limit = size - 1
        return stream.gets(size), other.gets(size)
    if name == "fread":
        size, count = draw.randrange(4), draw.randrange(6)
        world.limit = size * count
        return stream.read(size, count), other.read(size, count)
    if name == "fseek":
        offset, whence = draw.randrange(-9, 9), draw.choice([os.SEEK_SET, os.SEEK_CUR, os.SEEK_END])
        return stream.seek(offset, whence), other.seek(offset, whence)
    world.limit = 1000
    answers = stream.ask[name](), other.ask[name]()
    if name == "ungetc":  # what reads more at once is not modelled behind it
        assert stream.ask["ftell"]() == other.ask["ftell"]()
        assert stream.ask["fgetc"]() == other.ask["fgetc"]() == ord("q")
    return answers


def test_streams(models: ctypes.CDLL, libc: ctypes.CDLL, world: World, tmp_path: Path) -> None:
    draw = random.Random("streams")
    for number in range(ROUNDS):
        lines = ["".join(draw.choices("ab \t", k=draw.randrange(9))) for _ in range(draw.randrange(5))]
        path = tmp_path / str(number)
        path.write_text("".join(f"{line}\n" for line in lines))
        world.content, world.at = path.read_bytes(), 0
        world.numbers = {b"size of file": len(world.content)}
        model, real = (Stream(library, path) for library in (models, libc))
        for _ in range(12):
            before = real.ask["ftell"]()
            assert model.ask["ftell"]() == before
            world.at = before
            ours, theirs = asked(draw, model, real, world)
            assert ours == theirs, world.content
        assert model.close() == real.close() == 0


def test_files(models: ctypes.CDLL, libc: ctypes.CDLL, world: World, tmp_path: Path) -> None:
    draw = random.Random("files")
    path = tmp_path / "file"
    path.write_bytes(b"twelve bytes")
    world.content = path.read_bytes()
    opened = [function(library, "open", INT, [TEXT, INT])(bytes(path), os.O_RDONLY) for library in (models, libc)]
    for _ in range(ROUNDS):
        world.limit = size = draw.randrange(8)
        seen = []
        for library, descriptor in zip((models, libc), opened, strict=True):
            buffer = ctypes.create_string_buffer(b"?" * 10)
            read = function(library, "read", LONG, [INT, POINTER, SIZE])
            seen.append((read(descriptor, ctypes.addressof(buffer), size), buffer.raw))
        assert seen[0] == seen[1]
        if draw.randrange(3) == 0:
            place = draw.randrange(-2, 12)
            moved = [
                function(library, "lseek", LONG, [INT, LONG, INT])(descriptor, place, os.SEEK_SET)
                for library, descriptor in zip((models, libc), opened, strict=True)
            ]
            assert moved[0] == moved[1]
            world.at = place if place >= 0 else world.at
    for name, arguments in {"close": [INT], "fsync": [INT], "dup": [INT], "isatty": [INT]}.items():
        assert function(models, name, INT, arguments)(-1) == function(libc, name, INT, arguments)(-1)


def test_environment(models: ctypes.CDLL, libc: ctypes.CDLL, world: World) -> None:
    draw = random.Random("environment")
    names = [b"GNOMON_TEST_A", b"GNOMON_TEST_B"]
    for name in names:  # set before anything is chosen
        for library in (models, libc):
            function(library, "setenv", INT, [TEXT, TEXT, INT])(name, b"first", 1)
    for _ in range(ROUNDS):
        name, value, replaces = draw.choice(names), draw.choice([b"", b"x", b"long value"]), draw.randrange(2)
        asked_for = draw.choice(["setenv", "unsetenv", "getenv", "secure_getenv"])
        answers = []
        for library in (models, libc):
            if asked_for == "setenv":
                answers.append(function(library, "setenv", INT, [TEXT, TEXT, INT])(name, value, replaces))
            elif asked_for == "unsetenv":
                answers.append(function(library, "unsetenv", INT, [TEXT])(name))
            else:
                answers.append(function(library, asked_for, TEXT, [TEXT])(name))
        assert answers[0] == answers[1], (asked_for, name, value, replaces)


def test_names_of_the_place(models: ctypes.CDLL, libc: ctypes.CDLL, world: World) -> None:
    for name in ("getcwd", "gethostname"):
        whole = os.fsencode(Path.cwd() if name == "getcwd" else os.uname().nodename)
        for size in (len(whole) // 2, len(whole), len(whole) + 1, len(whole) + 9):
            world.content, world.at, world.limit = whole, 0, len(whole)
            seen = []
            for library in (models, libc):
                buffer = ctypes.create_string_buffer(b"?" * (len(whole) + 20))
                result = POINTER if name == "getcwd" else INT
                found = function(library, name, result, [POINTER, SIZE])(ctypes.addressof(buffer), size)
                is_there = found is not None if name == "getcwd" else found == 0
                seen.append((is_there, buffer.raw if is_there or name == "gethostname" else b""))
            assert seen[0] == seen[1], (name, size)


@pytest.mark.parametrize("name", ["rand", "random", "lrand48", "mrand48", "drand48", "getpid", "getuid", "getppid"])
def test_what_the_machine_gives_may_be_chosen(models: ctypes.CDLL, libc: ctypes.CDLL, world: World, name: str) -> None:
    """The world refuses what lies outside of what the model allows."""
    result = {"drand48": ctypes.c_double, "getuid": UNSIGNED}.get(
        name, INT if name in ("rand", "getpid", "getppid") else LONG
    )
    for _ in range(ROUNDS):
        given = function(libc, name, result, [])()
        world.numbers = {f"{name}()".encode(): int(given * 2**48) if name == "drand48" else given}
        assert function(models, name, result, [])() == given


def test_signals(models: ctypes.CDLL, libc: ctypes.CDLL) -> None:
    for number in (-1, 0, 65, 1000):
        for library in (models, libc):
            ctypes.set_errno(0)
            assert function(library, "sigaction", INT, [INT, POINTER, POINTER])(number, None, None) == -1, number
    for name in ("sigemptyset", "sigfillset"):
        sets = []
        for library in (models, libc):
            buffer = ctypes.create_string_buffer(128)
            assert function(library, name, INT, [POINTER])(ctypes.addressof(buffer)) == 0
            member = function(libc, "sigismember", INT, [POINTER, INT])
            sets.append([member(ctypes.addressof(buffer), signal) for signal in range(1, 32)])
        assert sets[0] == sets[1], name


def test_mutexes(models: ctypes.CDLL, libc: ctypes.CDLL) -> None:
    draw = random.Random("mutexes")
    for _ in range(ROUNDS):
        mutexes = [ctypes.create_string_buffer(64) for _ in range(2)]
        is_locked = False
        for library, mutex in zip((models, libc), mutexes, strict=True):
            assert function(library, "pthread_mutex_init", INT, [POINTER, POINTER])(ctypes.addressof(mutex), None) == 0
        for _ in range(8):
            name = draw.choice(["trylock", "unlock" if is_locked else "lock"])
            answers = [
                function(library, f"pthread_mutex_{name}", INT, [POINTER])(ctypes.addressof(mutex))
                for library, mutex in zip((models, libc), mutexes, strict=True)
            ]
            assert answers[0] == answers[1]
            assert answers[0] == (errno.EBUSY if name == "trylock" and is_locked else 0)
            is_locked = name != "unlock"


def test_threads_run_and_are_joined(models: ctypes.CDLL, libc: ctypes.CDLL) -> None:
    run = ctypes.CFUNCTYPE(POINTER, POINTER)
    for library in (models, libc):
        seen: list[int | None] = []
        start = run(lambda argument, seen=seen: seen.append(argument))
        thread = ctypes.c_ulong()
        create = function(library, "pthread_create", INT, [POINTER, POINTER, run, POINTER])
        assert create(ctypes.byref(thread), None, start, 1234) == 0
        assert function(library, "pthread_join", INT, [ctypes.c_ulong, POINTER])(thread, None) == 0
        assert seen == [1234]
