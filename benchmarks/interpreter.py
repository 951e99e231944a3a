"""How fast the interpreter runs C, with every rule checked.

    python benchmarks/interpreter.py

Each program is run three times, and the best of them counts: instructions of the IR, seconds of the processor, and
millions of instructions per second. The goal is 50 million; ends with status 1 when a program does not reach it.
"""

from __future__ import annotations

import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from gnomon.analysis.checking.engine import Engine
from gnomon.analysis.checking.settings import Settings
from rich.console import Console
from rich.table import Table

ENTRY = "main entry"
LIMIT = 500_000_000
GOAL = 50.0

PROGRAMS = {
    "arithmetic in registers": """
        int main(void) {
            unsigned hash = 5381;
            for (int i = 0; i < 2000000; i++) hash = (hash << 5) + hash + (unsigned)i % 7;
            return (int)(hash & 127);
        }""",
    "sieve over a heap block": """
        #include <stdlib.h>
        int main(void) {
            int n = 400000, count = 0;
            char *composite = calloc(n, 1);
            for (int i = 2; i < n; i++) {
                if (composite[i]) continue;
                count++;
                for (int j = 2 * i; j < n; j += i) composite[j] = 1;
            }
            free(composite);
            return count & 127;
        }""",
    "product of matrices": """
        static double a[64][64], b[64][64], c[64][64];
        int main(void) {
            for (int i = 0; i < 64; i++)
                for (int j = 0; j < 64; j++) a[i][j] = i + j, b[i][j] = i - j;
            for (int i = 0; i < 64; i++)
                for (int j = 0; j < 64; j++)
                    for (int k = 0; k < 64; k++) c[i][j] += a[i][k] * b[k][j];
            return (int)c[3][5] & 127;
        }""",
    "linked list": """
        #include <stdlib.h>
        struct node { struct node *next; int value; };
        int main(void) {
            struct node *head = 0;
            for (int i = 0; i < 1000; i++) {
                struct node *made = malloc(sizeof *made);
                made->next = head;
                made->value = i;
                head = made;
            }
            int sum = 0;
            for (int round = 0; round < 300; round++)
                for (struct node *at = head; at; at = at->next) sum = (sum + at->value) & 0xffff;
            return sum & 127;
        }""",
    "local array": """
        int main(void) {
            int list[256], sum = 0;
            for (int i = 0; i < 256; i++) list[i] = 255 - i;
            for (int round = 0; round < 20; round++)
                for (int i = 0; i + 1 < 256; i++)
                    for (int j = i; j < i + 16 && j + 1 < 256; j++)
                        if (list[j] > list[j + 1]) {
                            int kept = list[j];
                            list[j] = list[j + 1];
                            list[j + 1] = kept;
                        }
            for (int i = 0; i < 256; i++) sum += list[i] * i;
            return sum & 127;
        }""",
    "calls": """
        static int fibonacci(int n) { return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2); }
        int main(void) { return fibonacci(24) & 127; }
    """,
}


@dataclass(frozen=True, slots=True)
class Row:
    what: str
    instructions: int
    seconds: float

    @property
    def speed(self) -> float:
        return self.instructions / self.seconds / 1e6


def measured(what: str, text: str, folder: Path) -> Row:
    source = folder / "program.c"
    source.write_text(text)
    engine = Engine(Settings(store=None), [])
    engine.update(str(source), [], {})
    engine.complete()
    (main,) = (f.key for f in engine.functions().values() if f.name == "main" and f.has_body)
    engine.native.build_main_entry(ENTRY, main)
    best = Row(what, 0, float("inf"))
    for _ in range(3):
        begin = time.process_time()
        outcome = engine.native.run(ENTRY, [], False, LIMIT)
        seconds = time.process_time() - begin
        if outcome.ending != "returned":
            raise SystemExit(f"{what}: {outcome.ending} {outcome.reason}")
        if seconds < best.seconds:
            best = Row(what, outcome.instructions, seconds)
    return best


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        rows = [measured(what, text, Path(folder)) for what, text in PROGRAMS.items()]
    table = Table(title="Interpreter")
    for name in ("program", "instructions", "seconds", "million per second", "goal"):
        table.add_column(name, justify="left" if name == "program" else "right")
    for row in rows:
        table.add_row(row.what, f"{row.instructions:,}", f"{row.seconds:.2f}", f"{row.speed:.1f}", f"{GOAL:.0f}")
    Console(width=100).print(table)
    return int(any(row.speed < GOAL for row in rows))


if __name__ == "__main__":
    sys.exit(main())
