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
LONG_DOUBLE = ctypes.c_longdouble
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
        size = draw.choice(["", "L"])
        arguments.append((LONG_DOUBLE if size else DOUBLE)(number(draw)))
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
        "%Lf %f",
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


class Long(ctypes.c_longdouble):
    """A result of this type stays what it is; one of its base would become a float."""

    @property
    def parts(self) -> tuple[int, int] | None:
        """The significand, and the sign with the exponent; none for what is no number."""
        significand, sign_exponent = struct.unpack_from("<QH", self)
        is_number = sign_exponent & 0x7FFF != 0x7FFF or significand == 1 << 63
        return (significand, sign_exponent) if is_number else None


def long_number(draw: random.Random) -> Long:
    edge = draw.choice([0, 1, 0x7FFE, 0x7FFF, draw.randrange(0x8000)])
    exponent = draw.choice([edge, draw.randrange(0x3FF8, 0x4042), draw.randrange(0x3FF8, 0x4042)])
    fraction = draw.choice([0, 1, 1 << 62, draw.getrandbits(63), draw.getrandbits(6) << 57])
    significand = (exponent != 0) << 63 | (0 if exponent == 0x7FFF else fraction)
    return Long.from_buffer_copy(struct.pack("<QH6x", significand, exponent | draw.choice([0, 0x8000])))


@pytest.mark.parametrize("name", [*UNARY, *BINARY, "cbrt", "exp2", "log2"])
def test_mathematics_of_long_double(models: ctypes.CDLL, name: str) -> None:
    draw = random.Random(name + "l")
    real = ctypes.CDLL("libm.so.6")
    count = 2 if name in BINARY else 1
    for _ in range(ROUNDS):
        arguments = [long_number(draw) for _ in range(count)]
        ours, theirs = (function(library, name + "l", Long, [Long] * count)(*arguments) for library in (models, real))
        given = [argument.parts for argument in arguments]
        if name in ("fmin", "fmax"):  # of two zeros, either
            assert ours.value == theirs.value or ours.parts is theirs.parts is None, given
        else:
            assert ours.parts == theirs.parts, given


def test_parts_of_long_double(models: ctypes.CDLL) -> None:
    draw = random.Random("frexpl")
    real = ctypes.CDLL("libm.so.6")
    for _ in range(ROUNDS):
        given = long_number(draw)
        found = []
        for library in (models, real):
            exponent, whole = INT(), Long()
            part = function(library, "frexpl", Long, [Long, ctypes.POINTER(INT)])(given, ctypes.byref(exponent))
            rest = function(library, "modfl", Long, [Long, ctypes.POINTER(Long)])(given, ctypes.byref(whole))
            is_finite = given.parts is not None and given.parts[1] & 0x7FFF != 0x7FFF
            found.append((part.parts, exponent.value if is_finite else 0, rest.parts, whole.parts))
        assert found[0] == found[1], given.parts


def test_long_doubles_from_text(models: ctypes.CDLL, libc: ctypes.CDLL) -> None:
    draw = random.Random("strtold")
    for _ in range(ROUNDS):
        buffer = ctypes.create_string_buffer(bytes(draw.choices(b" -0123456789.exp", k=draw.randrange(14))))
        parsed = []
        for library in (models, libc):
            end = ctypes.c_void_p()
            parse = function(library, "strtold", Long, [ctypes.c_void_p, ctypes.c_void_p])
            parsed.append((parse(ctypes.addressof(buffer), ctypes.byref(end)).parts, end.value))
        assert parsed[0] == parsed[1], buffer.value


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
