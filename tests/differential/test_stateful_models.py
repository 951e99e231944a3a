"""The models of functions that fill structures, keep a place or cut texts against the libc of this machine."""

from __future__ import annotations

import ctypes
import random

import pytest
from test_models import INT, LONG, ROUNDS, SIZE, TEXT, function, libc, models, text

__all__ = ["libc", "models"]  # fixtures

POINTER = ctypes.c_void_p
LATEST = 253402300799  # the last second of the year 9999


class Date(ctypes.Structure):
    _fields_ = [
        *((name, INT) for name in ("sec", "min", "hour", "mday", "mon", "year", "wday", "yday", "isdst")),
        ("offset", LONG),
    ]


def test_dates(models: ctypes.CDLL, libc: ctypes.CDLL) -> None:
    draw = random.Random("dates")
    for _ in range(10 * ROUNDS):
        seconds = LONG(draw.choice([draw.randrange(-LATEST, LATEST), draw.randrange(2**31), -1, 0, 951782400]))
        dates = [Date() for _ in range(2)]
        for library, date in zip((models, libc), dates, strict=True):
            convert = function(library, "gmtime_r", POINTER, [POINTER, POINTER])
            buffer = ctypes.create_string_buffer(64)
            assert convert(ctypes.addressof(seconds), ctypes.addressof(buffer))
            ctypes.memmove(ctypes.byref(date), buffer, ctypes.sizeof(date))
        assert bytes(dates[0]) == bytes(dates[1]), seconds


@pytest.mark.parametrize("name", ["strtok_r", "strsep"])
def test_tokens(models: ctypes.CDLL, libc: ctypes.CDLL, name: str) -> None:
    draw = random.Random(name)
    for _ in range(ROUNDS):
        written, between = text(draw), text(draw)[:2]
        cuts = []
        for library in (models, libc):
            buffer = ctypes.create_string_buffer(written)
            rest = POINTER(ctypes.addressof(buffer))
            found = []
            for number in range(12):
                if name == "strsep":
                    token = function(library, name, POINTER, [POINTER, TEXT])(ctypes.byref(rest), between)
                else:
                    start = ctypes.addressof(buffer) if number == 0 else None
                    cut = function(library, name, POINTER, [POINTER, TEXT, POINTER])
                    token = cut(start, between, ctypes.byref(rest))
                if token is None:
                    break
                found.append((token - ctypes.addressof(buffer), ctypes.string_at(token)))
            cuts.append((found, buffer.raw))
        assert cuts[0] == cuts[1], (written, between)


def test_options(models: ctypes.CDLL, libc: ctypes.CDLL) -> None:
    draw = random.Random("getopt")
    words = [b"-a", b"-b", b"-bx", b"-ab", b"-acx", b"-z", b"-c", b"--"]
    for _ in range(ROUNDS):
        arguments = [b"program", *draw.choices(words, k=draw.randrange(5)), b"plain"]
        options = draw.choice([b":ab:c::", b":a", b":b:"])
        seen = []
        for library in (models, libc):
            place, value = INT.in_dll(library, "optind"), TEXT.in_dll(library, "optarg")
            place.value = 0
            given = (TEXT * (len(arguments) + 1))(*arguments, None)
            results = []
            for _ in range(12):
                found = function(library, "getopt", INT, [INT, POINTER, TEXT])(len(arguments), given, options)
                results.append((found, value.value if found != -1 else None, place.value))
                if found == -1:
                    break
            seen.append(results)
        assert seen[0] == seen[1], (arguments, options)


def test_memory_in_memory(models: ctypes.CDLL, libc: ctypes.CDLL) -> None:
    draw = random.Random("memmem")
    for _ in range(ROUNDS):
        hay, needle = (ctypes.create_string_buffer(bytes(draw.choices(b"ab\0", k=6))) for _ in range(2))
        size, wanted = draw.randrange(7), draw.randrange(4)
        found = [
            function(library, "memmem", POINTER, [POINTER, SIZE, POINTER, SIZE])(
                ctypes.addressof(hay), size, ctypes.addressof(needle), wanted
            )
            for library in (models, libc)
        ]
        assert found[0] == found[1], (hay.raw, size, needle.raw, wanted)


def test_wide_strings(models: ctypes.CDLL, libc: ctypes.CDLL) -> None:
    draw = random.Random("wide")
    wide, number = ctypes.c_wchar_p, SIZE
    for _ in range(ROUNDS):
        left, right = ("".join(draw.choices("ab\u1234", k=draw.randrange(6))) for _ in range(2))
        count = draw.randrange(7)
        results = []
        for library in (models, libc):
            order = [
                function(library, "wcscmp", INT, [wide, wide])(left, right),
                function(library, "wcsncmp", INT, [wide, wide, number])(left, right, count),
                function(library, "wmemcmp", INT, [wide, wide, number])(left, right, min(len(left), len(right))),
            ]
            plain = [
                function(library, "wcslen", number, [wide])(left),
                function(library, "wcsnlen", number, [wide, number])(left, count),
            ]
            copies = []
            for name, extra in (("wcscpy", ()), ("wcscat", ()), ("wcsncpy", (count,)), ("wcsncat", (count,))):
                buffer = ctypes.create_unicode_buffer(left, 20)
                function(library, name, POINTER, [POINTER, wide, *([number] * len(extra))])(
                    ctypes.addressof(buffer), right, *extra
                )
                copies.append(list(buffer))
            filled = ctypes.create_unicode_buffer(8)
            function(library, "wmemset", POINTER, [POINTER, INT, number])(ctypes.addressof(filled), ord("x"), count)
            results.append(([(o > 0, o < 0) for o in order], plain, copies, list(filled)))
        assert results[0] == results[1], (left, right, count)
