"""A large C workspace, made up: modules in layers, each with a structure of its own and calls to lower ones, and the
Python that binds them by ctypes. The same seed gives the same text.

The shapes are those of ordinary libraries: rings, tables that are searched, parsers of numbers, checksums, text that is
formatted into buffers, lists. What differs from module to module are sizes, constants and whom it calls.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

LINES_OF_MODULE = 500
LOWER = 3  # modules that a module calls

HEADER = """\
#ifndef {NAME}_H
#define {NAME}_H
#include <stddef.h>

/* {title}: a ring of samples with what was made of them. */
struct {name};

struct {name} *{name}_new(int capacity);
int {name}_push(struct {name} *self, int value);
int {name}_at(const struct {name} *self, int place);
int {name}_mean(const struct {name} *self);
int {name}_grade(int value);
int {name}_mix(int value, int rounds);
{helpers}
unsigned {name}_sum(const char *text);
int {name}_number(const char *text);
void {name}_free(struct {name} *self);

#endif
"""

BEGINNING = """\
#include "{name}.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
{includes}
enum {{ {NAME}_LARGEST = {largest}, {NAME}_STEPS = {steps} }};

struct {name} {{
    int *samples;
    int capacity, used, first;
    char label[{label}];
}};

static const int {name}_limits[{NAME}_STEPS] = {{{limits}}};

struct {name} *{name}_new(int capacity) {{
    if (capacity <= 0 || capacity > {NAME}_LARGEST) return NULL;
    struct {name} *self = calloc(1, sizeof *self);
    if (!self) return NULL;
    self->samples = calloc((size_t)capacity, sizeof *self->samples);
    if (!self->samples) {{
        free(self);
        return NULL;
    }}
    self->capacity = capacity;
    strcpy(self->label, "{word}");
    return self;
}}

int {name}_push(struct {name} *self, int value) {{
    int place = (self->first + self->used) % self->capacity;
    self->samples[place] = value;
    if (self->used < self->capacity)
        self->used++;
    else
        self->first = (self->first + 1) % self->capacity;
    return self->used;
}}

int {name}_at(const struct {name} *self, int place) {{
    if (place < 0 || place >= self->used) return -1;
    return self->samples[(self->first + place) % self->capacity];
}}

int {name}_mean(const struct {name} *self) {{
    long total = 0;
    for (int i = 0; i < self->used; i++) total += {name}_at(self, i);
    return self->used ? (int)(total / self->used) : 0;
}}

/* The step of the table that a value reaches, near its ends and in its middle. */
int {name}_grade(int value) {{
    if (value < {name}_limits[0]) return 0;
    if (value >= {name}_limits[{NAME}_STEPS - 1]) return {NAME}_STEPS - 1;
    return value < {name}_limits[{NAME}_STEPS / 2] ? 1 : {NAME}_STEPS / 2;
}}

unsigned {name}_sum(const char *text) {{
    unsigned sum = {start}u;
    for (; *text; text++) sum = (sum ^ (unsigned char)*text) * {factor}u;
    return sum;
}}

int {name}_number(const char *text) {{
    int number = 0, sign = 1;
    if (*text == '-') {{
        sign = -1;
        text++;
    }}
    while (*text >= '0' && *text <= '9') {{
        int digit = *text++ - '0';
        if (number > (INT_MAX - digit) / 10) return sign * INT_MAX;
        number = number * 10 + digit;
    }}
    return sign * number;
}}

void {name}_free(struct {name} *self) {{
    if (!self) return;
    free(self->samples);
    free(self);
}}
"""

# Helpers of one module, behind each other; {lower} is an earlier helper, or a function of a lower module.
HELPERS = (
    """\
/* Keeps a value between two limits. */
int {part}(int value) {{
    int result = {lower}(value);
    if (result < {low}) return {low};
    if (result > {high}) return {high};
    return result;
}}
""",
    """\
int {part}(int value) {{
    int counts[{size}] = {{0}};
    for (int i = 0; i < {size}; i++) counts[i] = (value >> (i & 15)) & {size};
    int best = counts[0];
    for (int i = 1; i < {size}; i++)
        best |= counts[i];
    return {lower}(best);
}}
""",
    """\
int {part}(int value) {{
    switch (value & 7) {{
    case 0: return {lower}({low});
    case 1: return value / {size};
    case 2:
    case 3: return {lower}(value >> 1);
    case 4: return -({low});
    case 5: value &= 0xffff; break;
    default: return {high};
    }}
    return value * {size};
}}
""",
    """\
/* The length of a value's name. */
int {part}(int value) {{
    static const char digits[] = "0123456789abcdef";
    char text[{size} + 1];
    for (int i = 0; i < {size}; i++) text[i] = digits[(value >> (i & 7)) & 15];
    text[{size}] = '\\0';
    return {lower}(text[0]) + (int)strlen(text);
}}
""",
    """\
/* Turns a window over a row of numbers. */
int {part}(int value) {{
    int window[4] = {{value & 0xff, {low}, {size}, 1}};
    int total = 0;
    for (int round = 0; round < {size}; round++) {{
        int first = window[0];
        for (int i = 0; i < 3; i++) window[i] = window[i + 1];
        window[3] = first;
        total += window[round & 3];
    }}
    return {lower}(total);
}}
""",
)

MIX = """\
int {name}_mix(int value, int rounds) {{
    if (rounds < 0 || rounds > 8) return -1;
    int result = {first}(value & 0xff);
    return rounds ? {second}(result & 0xff) / rounds : result;
}}
"""

PYTHON = """\
from ctypes import CDLL, POINTER, Structure, c_char_p, c_int, c_uint

lib = CDLL("./libgenerated.so")


class {Name}(Structure):
    pass


lib.{name}_new.argtypes = [c_int]
lib.{name}_new.restype = POINTER({Name})
lib.{name}_push.argtypes = [POINTER({Name}), c_int]
lib.{name}_at.argtypes = [POINTER({Name}), c_int]
lib.{name}_mean.argtypes = [POINTER({Name})]
lib.{name}_grade.argtypes = [c_int]
lib.{name}_mix.argtypes = [c_int, c_int]
lib.{name}_sum.argtypes = [c_char_p]
lib.{name}_sum.restype = c_uint
lib.{name}_number.argtypes = [c_char_p]
lib.{name}_free.argtypes = [POINTER({Name})]
lib.{name}_free.restype = None
{helpers}


def example(values):
    ring = lib.{name}_new(8)
    for value in values:
        lib.{name}_push(ring, lib.{name}_grade(value))
    mean = lib.{name}_mean(ring)
    lib.{name}_free(ring)
    return lib.{name}_mix(mean, 3)
"""

WORDS = ("tide", "mast", "keel", "helm", "sail", "rope", "dock", "buoy", "reef", "gale", "crew", "deck", "port", "hull")


@dataclass(frozen=True, slots=True)
class Generated:
    root: Path
    modules: tuple[str, ...]
    lines: int  # of C

    def source(self, module: str) -> Path:
        return self.root / "src" / f"{module}.c"


def generate(root: Path, lines: int, seed: int = 1) -> Generated:
    """Writes a workspace of about as many lines of C."""
    choose = random.Random(seed)
    for folder in ("src", "bindings"):
        (root / folder).mkdir(parents=True)
    modules: list[str] = []
    count = 0
    while count < lines:
        name = f"{WORDS[len(modules) % len(WORDS)]}{len(modules)}"
        lower = choose.sample(modules, min(LOWER, len(modules)))
        parts, text = _source(name, lower, choose)
        declared = "\n".join(f"int {part}(int value);" for part in parts)
        bound = "\n".join(f"lib.{part}.argtypes = [c_int]" for part in parts)
        header = HEADER.format(name=name, NAME=name.upper(), title=name.capitalize(), helpers=declared)
        (root / "src" / f"{name}.c").write_text(text)
        (root / "src" / f"{name}.h").write_text(header)
        python = PYTHON.format(name=name, Name=name.capitalize(), helpers=bound)
        (root / "bindings" / f"{name}.py").write_text(python)
        count += text.count("\n") + header.count("\n")
        modules.append(name)
    return Generated(root, tuple(modules), count)


def _source(name: str, lower: list[str], choose: random.Random) -> tuple[list[str], str]:
    """The helpers of a module, and its text."""
    steps = choose.randint(6, 14)
    texts = [
        BEGINNING.format(
            name=name,
            NAME=name.upper(),
            includes="".join(f'#include "{other}.h"\n' for other in lower),
            largest=choose.choice((64, 256, 1024)),
            steps=steps,
            label=choose.choice((8, 16, 24)),
            limits=", ".join(str(limit) for limit in sorted(choose.sample(range(-500, 500), steps))),
            word=name[:6],
            start=choose.randint(1, 1 << 30),
            factor=choose.choice((16777619, 31, 65599)),
        )
    ]
    callable_now = [f"{name}_grade", *(f"{other}_grade" for other in lower)]
    parts: list[str] = []
    while sum(text.count("\n") + 1 for text in texts) < LINES_OF_MODULE - 10:
        part = f"{name}_{choose.choice(WORDS)}_{len(parts)}"
        low, size = choose.randint(-50, 50), choose.randint(4, 12)
        shape, below = choose.choice(HELPERS), choose.choice(callable_now)
        texts.append(shape.format(part=part, lower=below, low=low, high=low + size, size=size))
        parts.append(part)
        if below == f"{name}_grade":  # chains of calls stay short
            callable_now.append(part)
    first, second = choose.sample(parts, 2)
    texts.append(MIX.format(name=name, first=first, second=second))
    return parts, "\n".join(texts)
