"""Layouts of ctypes and of C, on structures made at random: the same declaration is right, a changed one is not."""

from __future__ import annotations

import random
from pathlib import Path

from gnomon.analysis.checking.finding import Finding
from gnomon.analysis.checking.session import Session
from gnomon.analysis.checking.settings import Settings

COUNT = 120
SCALARS = [
    ("char", "c_char"), ("short", "c_short"), ("unsigned short", "c_ushort"), ("int", "c_int"),
    ("unsigned", "c_uint"), ("long", "c_long"), ("unsigned long long", "c_ulonglong"), ("float", "c_float"),
    ("double", "c_double"), ("void *", "c_void_p"), ("const char *", "c_char_p"), ("_Bool", "c_bool"),
]  # fmt: skip


class Maker:
    """Structures as C and as ctypes; a seed makes the same ones each time."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.c: list[str] = ["#include <stdint.h>"]
        self.rows: list[list[tuple[str, str]]] = []
        self.heads: list[str] = []
        self.kinds: list[tuple[str, bool]] = []  # class of ctypes, packed

    def add(self, number: int) -> None:
        is_union, is_packed = self.random.random() < 0.15, self.random.random() < 0.2
        members, rows = [], []
        for field in range(self.random.randint(1, 7)):
            name = f"f{field}"
            if number and self.random.random() < 0.2:
                inner = self.random.randrange(number)
                c, python = f"{self.heads[inner]} {name}", f"S{inner}"
            else:
                spelled, python = self.random.choice(SCALARS)
                c = f"{spelled} {name}"
            if self.random.random() < 0.2:
                length = self.random.randint(1, 9)
                c, python = f"{c}[{length}]", f"{python} * {length}"
            members.append(f"    {c};")
            rows.append((name, python))
        kind = "union" if is_union else "struct"
        packed = " __attribute__((packed))" if is_packed else ""
        self.heads.append(f"{kind} s{number}")
        self.c += [f"{kind}{packed} s{number} {{", *members, "};"]
        self.c.append(f"int use{number}({kind} s{number} *p) {{ return !p; }}")
        self.rows.append(rows)
        self.kinds.append(("Union" if is_union else "Structure", is_packed))

    def python(self, changed: dict[int, int]) -> str:
        """`changed`: the field of a structure that gets another size."""
        lines = ["import ctypes", "from ctypes import *"]
        for number, rows in enumerate(self.rows):
            base, is_packed = self.kinds[number]
            fields = [
                f'("{name}", {"c_char * 77" if changed.get(number) == at else type_})'
                for at, (name, type_) in enumerate(rows)
            ]
            lines += [f"class S{number}({base}):", *(["    _pack_ = 1"] if is_packed else [])]
            lines.append(f"    _fields_ = [{', '.join(fields)}]")
        lines.append("lib = ctypes.CDLL('./libmade.so')")
        lines += [f"lib.use{number}.argtypes = [POINTER(S{number})]" for number in range(len(self.rows))]
        return "\n".join(lines) + "\n"


def contradictions(folder: Path, c: str, python: str) -> tuple[Finding, ...]:
    (folder / "made.c").write_text(c)
    (folder / "made.py").write_text(python)
    facts = Session(folder, Settings(store=None)).open({})
    assert not facts.parse_errors
    assert sum(b.type is not None for b in facts.boundary.bindings) == COUNT
    return facts.contracts


def test_made_structures(tmp_path: Path) -> None:
    maker = Maker(11)
    for number in range(COUNT):
        maker.add(number)
    c = "\n".join(maker.c) + "\n"
    assert contradictions(tmp_path, c, maker.python({})) == ()
    used = {int(type_.split(" ")[0][1:]) for rows in maker.rows for _, type_ in rows if type_.startswith("S")}
    changed = {number: len(rows) // 2 for number, rows in enumerate(maker.rows) if number not in used}
    found = contradictions(tmp_path, c, maker.python(changed))
    assert {f.entry for f in found} == {f"made.S{number}" for number in changed}
    assert len(found) == len(changed) > 20
