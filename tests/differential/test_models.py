"""Models of libc functions against the libc of this machine, on random inputs.

The models are compiled as native code, with the engine's primitives on real memory (`model_runtime.c`): what is
compared is the models' own C. That the interpreter runs C as gcc does is the business of `test_csmith`.

Here, and in `test_stateful_models`, `test_text_models` and `test_world_models`. Not compared: what would change this
machine or this process (`unlink`, `chdir`, `dup2`, ...), what another side would have to answer (sockets, pipes,
conditions of threads), the fields of `struct stat`, clocks, signals that come, wide integers (which are among the
programs of `test_programs`), the CPython C API (`tests/replay` runs it), and harnesses, which have no other side.
"""

from __future__ import annotations

import ctypes
import random
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

MODELS = Path(__file__).parents[2] / "analysis" / "models"
SOURCES = [
    *("libc_string.c", "libc_stdlib.c", "libc_ctype.c", "libc_allocation.c", "libc_sorting.c", "libc_math.c"),
    *("libc_math_long.c",),
    *(
        "libc_wchar.c",
        "libc_wctype.c",
        "libc_printf.c",
        "libc_scanf.c",
        "libc_time.c",
        "libc_streams.c",
        "libc_environment.c",
    ),
    *("libc_random.c", "libc_signal.c", "libc_fortified.c"),
    *("posix_options.c", "posix_files.c", "posix_sockets.c", "posix_threads.c"),
]
ROUNDS = 300
ALPHABET = b"aAbBzZ019 \t-+xX_\x80\xff"

Draw = Callable[[random.Random], object]
Call = tuple[object, ...]

TEXT = ctypes.c_char_p
SIZE = ctypes.c_size_t
INT = ctypes.c_int
LONG = ctypes.c_long
ULONG = ctypes.c_ulong


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> ctypes.CDLL:
    """The models as a shared library whose calls among themselves stay inside it."""
    library = tmp_path_factory.mktemp("models") / "libmodels.so"
    sources = [str(MODELS / name) for name in SOURCES] + [str(Path(__file__).with_name("model_runtime.c"))]
    flags = ["-O1", "-w", "-fno-builtin", "-shared", "-fPIC", "-Wl,-Bsymbolic"]
    subprocess.run(["gcc", *flags, *sources, "-o", str(library)], check=True)
    return ctypes.CDLL(str(library), mode=ctypes.RTLD_LOCAL)


@pytest.fixture(scope="session")
def libc() -> ctypes.CDLL:
    return ctypes.CDLL("libc.so.6")


def text(draw: random.Random) -> bytes:
    return bytes(draw.choices(ALPHABET, k=draw.randrange(9)))


def number_text(draw: random.Random) -> bytes:
    digits = bytes(draw.choices(b"0123456789abfxz", k=draw.choice([0, 1, 3, 12, 22])))
    return draw.choice([b"", b" ", b"\t\n"]) + draw.choice([b"", b"-", b"+", b"0x", b"-0X", b"0"]) + digits


def letter(draw: random.Random) -> int:
    return draw.choice([0, *ALPHABET])


def character(draw: random.Random) -> int:
    return draw.randrange(-128, 256)


def length(draw: random.Random) -> int:
    return draw.randrange(10)


def base(draw: random.Random) -> int:
    return draw.choice([0, 2, 8, 10, 16, 36, 1, 37])


def whole(draw: random.Random) -> int:
    return draw.randrange(-(2**31) + 1, 2**31)


# Functions of values alone: result type, argument types, how arguments are drawn.
PURE: dict[str, tuple[type, list[type], list[Draw]]] = {
    "strlen": (SIZE, [TEXT], [text]),
    "strnlen": (SIZE, [TEXT, SIZE], [text, length]),
    "strspn": (SIZE, [TEXT, TEXT], [text, text]),
    "strcspn": (SIZE, [TEXT, TEXT], [text, text]),
    "atoi": (INT, [TEXT], [number_text]),
    "atol": (LONG, [TEXT], [number_text]),
    "atoll": (LONG, [TEXT], [number_text]),
    "abs": (INT, [INT], [whole]),
    "labs": (LONG, [LONG], [whole]),
    "llabs": (LONG, [LONG], [whole]),
    **{name: (INT, [LONG], [whole]) for name in ("ffs", "ffsl", "ffsll")},
    "tolower": (INT, [INT], [lambda draw: draw.choice([character, whole])(draw)]),
    "toupper": (INT, [INT], [lambda draw: draw.choice([character, whole])(draw)]),
    **{name: (ctypes.c_uint, [ctypes.c_uint], [lambda draw: draw.randrange(128)]) for name in ("towlower", "towupper")},
    **{name: (ctypes.c_uint16, [ctypes.c_uint16], [whole]) for name in ("htons", "ntohs")},
    **{name: (ctypes.c_uint32, [ctypes.c_uint32], [whole]) for name in ("htonl", "ntohl")},
    **{f"is{kind}": (INT, [INT], [character]) for kind in ("alnum", "alpha", "blank", "cntrl", "digit", "graph")},
    **{f"is{kind}": (INT, [INT], [character]) for kind in ("lower", "print", "punct", "space", "upper", "xdigit")},
}
# Comparisons: only the sign of the result means something.
COMPARISONS: dict[str, tuple[list[type], list[Draw]]] = {
    "strcmp": ([TEXT, TEXT], [text, text]),
    "strncmp": ([TEXT, TEXT, SIZE], [text, text, length]),
    "strcasecmp": ([TEXT, TEXT], [text, text]),
    "strncasecmp": ([TEXT, TEXT, SIZE], [text, text, length]),
}
# Searches: a pointer into the first argument, or null.
SEARCHES: dict[str, tuple[list[type], list[Draw]]] = {
    "strchr": ([INT], [letter]),
    "strchrnul": ([INT], [letter]),
    "strrchr": ([INT], [letter]),
    "strstr": ([TEXT], [lambda draw: text(draw)[:2]]),
    "strpbrk": ([TEXT], [lambda draw: text(draw)[:3]]),
    "strcasestr": ([TEXT], [lambda draw: text(draw)[:2]]),
    "index": ([INT], [letter]),
    "rindex": ([INT], [letter]),
}
# Writers: into a buffer of 32 bytes that starts with a short string.
PLAIN_WRITERS: dict[str, tuple[list[type], list[Draw]]] = {
    "memcpy": ([TEXT, SIZE], [lambda draw: text(draw).ljust(10, b"."), length]),
    "memmove": ([TEXT, SIZE], [lambda draw: text(draw).ljust(10, b"."), length]),
    "mempcpy": ([TEXT, SIZE], [lambda draw: text(draw).ljust(10, b"."), length]),
    "memset": ([INT, SIZE], [letter, length]),
    "strcpy": ([TEXT], [text]),
    "stpcpy": ([TEXT], [text]),
    "strncpy": ([TEXT, SIZE], [text, length]),
    "strcat": ([TEXT], [text]),
    "strncat": ([TEXT, SIZE], [text, length]),
    "stpncpy": ([TEXT, SIZE], [text, length]),
    "memccpy": ([TEXT, INT, SIZE], [lambda draw: text(draw).ljust(10, b"."), letter, length]),
    "strxfrm": ([TEXT, SIZE], [text, lambda draw: 10]),
}
# Their fortified twins take the size of the buffer last.
FORTIFIED = ("memcpy", "memmove", "mempcpy", "memset", "strcpy", "stpcpy", "strncpy", "strcat", "strncat")
WRITERS = PLAIN_WRITERS | {
    f"__{name}_chk": ([*PLAIN_WRITERS[name][0], SIZE], [*PLAIN_WRITERS[name][1], lambda draw: 32]) for name in FORTIFIED
}


def function(library: ctypes.CDLL, name: str, result: type, arguments: list[type]) -> Callable[..., int]:
    found = getattr(library, name)
    found.restype, found.argtypes = result, arguments
    return found  # type: ignore[no-any-return]


def calls(name: str, draws: list[Draw]) -> list[Call]:
    source = random.Random(name)
    return [tuple(draw(source) for draw in draws) for _ in range(ROUNDS)]


@pytest.mark.parametrize("name", PURE)
def test_pure_function(models: ctypes.CDLL, libc: ctypes.CDLL, name: str) -> None:
    result, arguments, draws = PURE[name]
    model, real = (function(library, name, result, arguments) for library in (models, libc))
    for call in calls(name, draws):
        assert model(*call) == real(*call), call


KINDS = ("alnum", "alpha", "blank", "cntrl", "digit", "graph", "lower", "print", "punct", "space", "upper", "xdigit")


@pytest.mark.parametrize("name", [f"isw{kind}" for kind in KINDS])
def test_wide_class(models: ctypes.CDLL, libc: ctypes.CDLL, name: str) -> None:
    """Of ASCII, which all locales agree about: this process need not run in the one that is modelled."""
    model, real = (function(library, name, INT, [ctypes.c_uint]) for library in (models, libc))
    assert [bool(model(letter)) for letter in range(128)] == [bool(real(letter)) for letter in range(128)]
    assert not model(0xFFFFFFFF)


@pytest.mark.parametrize("name", COMPARISONS)
def test_comparison(models: ctypes.CDLL, libc: ctypes.CDLL, name: str) -> None:
    arguments, draws = COMPARISONS[name]
    model, real = (function(library, name, INT, arguments) for library in (models, libc))
    for call in calls(name, draws):
        ours, theirs = model(*call), real(*call)
        assert (ours > 0, ours < 0) == (theirs > 0, theirs < 0), call


@pytest.mark.parametrize("name", SEARCHES)
def test_search(models: ctypes.CDLL, libc: ctypes.CDLL, name: str) -> None:
    arguments, draws = SEARCHES[name]
    for call in calls(name, [text, *draws]):
        buffer = ctypes.create_string_buffer(call[0])  # type: ignore[arg-type]
        found = [
            function(library, name, ctypes.c_void_p, [ctypes.c_void_p, *arguments])(ctypes.addressof(buffer), *call[1:])
            for library in (models, libc)
        ]
        assert found[0] == found[1], call


@pytest.mark.parametrize("name", WRITERS)
def test_writer(models: ctypes.CDLL, libc: ctypes.CDLL, name: str) -> None:
    arguments, draws = WRITERS[name]
    for call in calls(name, [text, *draws]):
        written = []
        for library in (models, libc):
            buffer = ctypes.create_string_buffer(call[0], 32)  # type: ignore[arg-type]
            at = ctypes.addressof(buffer)
            end = function(library, name, ctypes.c_void_p, [ctypes.c_void_p, *arguments])(at, *call[1:])
            written.append((buffer.raw, end - at if end and name != "strxfrm" else end))
        assert written[0] == written[1], call


@pytest.mark.parametrize("name", ["memcmp", "memchr", "memrchr"])
def test_bytes(models: ctypes.CDLL, libc: ctypes.CDLL, name: str) -> None:
    source = random.Random(name)
    for _ in range(ROUNDS):
        left, right = (bytes(source.choices(b"ab\0\xff", k=6)) for _ in range(2))
        size = source.randrange(7)
        buffer = ctypes.create_string_buffer(left, 6)
        second: object = right if name == "memcmp" else source.choice(b"ab\0\xff")
        kinds = [ctypes.c_void_p, TEXT if name == "memcmp" else INT, SIZE]
        result = INT if name == "memcmp" else ctypes.c_void_p
        ours, theirs = (
            function(library, name, result, kinds)(ctypes.addressof(buffer), second, size) for library in (models, libc)
        )
        if name == "memcmp":
            assert (ours > 0, ours < 0) == (theirs > 0, theirs < 0), (left, right, size)
        else:
            assert ours == theirs, (left, second, size)


@pytest.mark.parametrize("name", ["strtol", "strtoul", "strtoll", "strtoull"])
def test_number(models: ctypes.CDLL, libc: ctypes.CDLL, name: str) -> None:
    result = ULONG if name.startswith("strtou") else LONG
    for digits, radix in calls(name, [number_text, base]):
        buffer = ctypes.create_string_buffer(digits)  # type: ignore[arg-type]
        parsed = []
        for library in (models, libc):
            end = ctypes.c_void_p(ctypes.addressof(buffer))
            parse = function(library, name, result, [ctypes.c_void_p, ctypes.c_void_p, INT])
            parsed.append((parse(ctypes.addressof(buffer), ctypes.byref(end), radix), end.value))
        if radix in (1, 37):  # not a base: *end is left alone by libc
            assert parsed[0][0] == parsed[1][0]
        else:
            assert parsed[0] == parsed[1], (digits, radix)


@pytest.mark.parametrize("name", ["strdup", "strndup"])
def test_duplicate(models: ctypes.CDLL, name: str) -> None:
    for original, size in calls(name, [text, length]):
        assert isinstance(original, bytes) and isinstance(size, int)
        arguments = [TEXT] if name == "strdup" else [TEXT, SIZE]
        copy = function(models, name, ctypes.c_void_p, arguments)(*((original, size)[: len(arguments)]))
        assert ctypes.string_at(copy) == (original if name == "strdup" else original[:size])
        function(models, "free", None, [ctypes.c_void_p])(copy)


def test_allocation(models: ctypes.CDLL) -> None:
    pointer = ctypes.c_void_p
    calloc = function(models, "calloc", pointer, [SIZE, SIZE])
    realloc = function(models, "realloc", pointer, [pointer, SIZE])
    assert function(models, "malloc", pointer, [SIZE])(2**63) is None
    assert calloc(2**33, 2**33) is None
    assert function(models, "reallocarray", pointer, [pointer, SIZE, SIZE])(None, 2**33, 2**33) is None
    block = calloc(3, 5)
    assert ctypes.string_at(block, 15) == bytes(15)
    ctypes.memmove(block, b"kept", 4)
    block = realloc(block, 4000)
    assert ctypes.string_at(block, 4) == b"kept"
    assert realloc(block, 0) is None


def test_sorting(models: ctypes.CDLL) -> None:
    compare = ctypes.CFUNCTYPE(INT, ctypes.POINTER(INT), ctypes.POINTER(INT))(lambda a, b: a[0] // 10 - b[0] // 10)
    pointer = ctypes.c_void_p
    qsort = function(models, "qsort", None, [pointer, SIZE, SIZE, type(compare)])
    bsearch = function(models, "bsearch", pointer, [pointer, pointer, SIZE, SIZE, type(compare)])
    source = random.Random("qsort")
    for size in range(12):
        numbers = [source.randrange(100) for _ in range(size)]
        array = (INT * size)(*numbers)
        qsort(ctypes.addressof(array), size, 4, compare)
        assert list(array) == sorted(numbers, key=lambda number: number // 10)
        for wanted in range(0, 100, 10):
            key = INT(wanted)
            found = bsearch(ctypes.addressof(key), ctypes.addressof(array), size, 4, compare)
            assert (found is not None) == any(number // 10 == wanted // 10 for number in numbers)
