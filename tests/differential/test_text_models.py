"""The models of formatted text, numbers as text and mathematics against the libc of this machine, on random inputs."""

from __future__ import annotations

import ctypes
import math
import random
import struct

import pytest
from test_models import INT, ROUNDS, SIZE, TEXT, function, libc, models

__all__ = ["libc", "models"]  # fixtures

DOUBLE = ctypes.c_double
FORMAT_LETTERS = ["d", "i", "u", "x", "X", "o", "c", "s", "f", "e", "g", "G"]
INTEGERS = {"": 32, "hh": 8, "h": 16, "l": 64, "ll": 64, "z": 64, "j": 64}


def number(draw: random.Random) -> float:
    whole = float(draw.randrange(-20, 20))
    exact: float = struct.unpack("<d", draw.randbytes(8))[0]
    return draw.choice([0.0, -0.0, whole, whole + 0.5, draw.uniform(-9, 9), draw.uniform(-1e17, 1e17), exact, math.inf])


def conversion(draw: random.Random) -> tuple[str, list[object]]:
    """A conversion specification, and its arguments."""
    letter = draw.choice(FORMAT_LETTERS)
    flags = "".join(flag for flag in "-+ #0" if draw.random() < 0.2)
    width = draw.choice(["", "", "1", "5", "12", "*"])
    precision = draw.choice(["", "", ".", ".0", ".3", ".*"])
    arguments: list[object] = [INT(draw.randrange(-9, 9)) for part in (width, precision) if "*" in part]
    size = draw.choice(list(INTEGERS)) if letter in "diuxXo" else ""
    if letter in "diuxXo":
        value = draw.choice([0, 1, -1, 7, draw.getrandbits(64)])
        arguments.append(ctypes.c_ulonglong(value) if INTEGERS[size] == 64 else ctypes.c_uint(value))
    elif letter == "c":
        arguments.append(INT(draw.randrange(1, 127)))
    elif letter == "s":
        arguments.append(TEXT(bytes(draw.choices(b"abc", k=draw.randrange(7)))))
    else:
        arguments.append(DOUBLE(number(draw)))
    return f"%{flags}{width}{precision}{size}{letter}", arguments


def test_formatting(models: ctypes.CDLL, libc: ctypes.CDLL) -> None:
    draw = random.Random("formatting")
    for _ in range(3 * ROUNDS):
        parts = [conversion(draw) for _ in range(draw.randrange(3))]
        text = "<" + "%%".join(specification for specification, _ in parts) + ">"
        arguments = [argument for _, listed in parts for argument in listed]
        size = draw.choice([0, 1, 5, 900])
        printed = []
        for library in (models, libc):
            buffer = ctypes.create_string_buffer(b"." * 900)
            length = library.snprintf(buffer, SIZE(size), text.encode(), *arguments)
            printed.append((length, buffer.raw))
        assert printed[0] == printed[1], (text, arguments)


def test_scanning(models: ctypes.CDLL, libc: ctypes.CDLL) -> None:
    draw = random.Random("scanning")
    formats = [
        "%d%n",
        "%u %d",
        "%i,%x",
        "%5s%c",
        "%[a-z]%s",
        "%*d %3d",
        "%lf",
        "x%d",
        "%2c%d",
        "%[^,],%ld",
        "%f%f",
        "%%%d",
    ]
    for _ in range(2 * ROUNDS):
        form = draw.choice(formats)
        text = bytes(draw.choices(b"  ,%xab0129-+.e", k=draw.randrange(9)))
        scanned = []
        for library in (models, libc):
            places = [ctypes.create_string_buffer(b"\xaa" * 40) for _ in range(3)]
            count = library.sscanf(text, form.encode(), *places)
            scanned.append((count, [place.raw for place in places]))
        assert scanned[0] == scanned[1], (form, text)


def test_doubles_from_text(models: ctypes.CDLL, libc: ctypes.CDLL) -> None:
    draw = random.Random("strtod")
    fixed = [b"inf", b"-Infinity", b"nan", b"0x1.8p3", b"0x.8", b"0x", b"1e", b"1e+", b".5", b".", b"-.e1", b"infinit"]
    for text in [*fixed, *(bytes(draw.choices(b" +-0123456789.eExXp", k=draw.randrange(12))) for _ in range(ROUNDS))]:
        parsed = []
        buffer = ctypes.create_string_buffer(text)
        for library in (models, libc):
            end = ctypes.c_void_p()
            parse = function(library, "strtod", DOUBLE, [ctypes.c_void_p, ctypes.c_void_p])
            value = parse(ctypes.addressof(buffer), ctypes.byref(end))
            parsed.append((struct.pack("<d", value), end.value))
        assert parsed[0] == parsed[1], text


UNARY = ["fabs", "floor", "ceil", "trunc", "round", "rint", "nearbyint", "sqrt", "exp", "log", "sin", "cos", "atan"]
BINARY = ["fmin", "fmax", "copysign", "fmod", "pow", "atan2", "fdim"]


@pytest.mark.parametrize("name", [*UNARY, *BINARY])
def test_mathematics(models: ctypes.CDLL, name: str) -> None:
    draw = random.Random(name)
    real = ctypes.CDLL("libm.so.6")
    count = 1 if name in UNARY else 2
    for _ in range(ROUNDS):
        arguments = [number(draw) for _ in range(count)]
        ours, theirs = (function(library, name, DOUBLE, [DOUBLE] * count)(*arguments) for library in (models, real))
        if name in ("fmin", "fmax"):  # of two zeros, either
            assert ours == theirs or (math.isnan(ours) and math.isnan(theirs)), arguments
        else:
            assert struct.pack("<d", ours) == struct.pack("<d", theirs) or (math.isnan(ours) and math.isnan(theirs)), (
                arguments
            )


def test_exponents(models: ctypes.CDLL) -> None:
    draw = random.Random("frexp")
    for _ in range(ROUNDS):
        value, exponent = number(draw), INT()
        frexp = function(models, "frexp", DOUBLE, [DOUBLE, ctypes.POINTER(INT)])
        part = frexp(value, ctypes.byref(exponent))
        if math.isfinite(value):
            assert (part, exponent.value) == math.frexp(value)
        whole = DOUBLE()
        rest = function(models, "modf", DOUBLE, [DOUBLE, ctypes.POINTER(DOUBLE)])(value, ctypes.byref(whole))
        if math.isfinite(value):
            assert (rest, whole.value) == math.modf(value)
