"""The main job, on the two projects beside this file: the boundary, the findings with their inputs, their replays."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
FOUND = 1  # `gnomon check` ends so when it found something


def gnomon(*arguments: str, expected: int = 0) -> None:
    print(f"\n$ gnomon {' '.join(arguments)}\n", flush=True)
    ended = subprocess.run([sys.executable, "-m", "gnomon.server", *arguments], cwd=HERE.parent, check=False)
    if ended.returncode != expected:
        sys.exit(f"gnomon {arguments[0]} ended with status {ended.returncode}, not {expected}")


def main() -> None:
    for project in ("telemetry", "sketch"):
        gnomon("bindings", f"examples/{project}")
        gnomon("check", f"examples/{project}", "--replay", expected=FOUND)


if __name__ == "__main__":
    main()
