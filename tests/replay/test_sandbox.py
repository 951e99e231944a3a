"""The sandbox that the code of others runs in."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.mark.skipif(shutil.which("setpriv") is None, reason="nothing ties a program's life to ours")
def test_what_runs_ends_with_who_wanted_it(tmp_path: Path) -> None:
    """Also when that one is killed: an editor has no patience."""
    wanting = f"from pathlib import Path; from gnomon.analysis.replay.sandbox import run; p = Path({str(tmp_path)!r}); "
    waiting = f"run(['sh', '-c', 'while true; do date > {tmp_path}/now; sleep 0.1; done'], p, {{}}, 60)"
    with subprocess.Popen([sys.executable, "-c", wanting + waiting]) as process:
        now = tmp_path / "now"
        _until(now.exists)
        process.kill()
        process.wait()
        time.sleep(0.5)
        now.unlink(missing_ok=True)
        time.sleep(0.5)
        assert not now.exists()


def _until(holds: Callable[[], bool], seconds: float = 30) -> None:
    ends = time.monotonic() + seconds
    while not holds() and time.monotonic() < ends:
        time.sleep(0.05)
