"""How the checking process is started."""

from __future__ import annotations

from pathlib import Path

import pytest
from gnomon.analysis.checking.process import WorkerProcess


def test_files_of_a_project_do_not_stand_in_for_modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pickle.py").write_text("raise SystemExit(3)\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    worker = WorkerProcess.started()
    worker.connection.close()
    assert worker.process.wait(timeout=60) != 3
