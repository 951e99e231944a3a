from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parent.parent.parent / "docs" / "features.py"


def test_the_page_of_features_is_in_step() -> None:
    said = subprocess.run([sys.executable, str(SCRIPT), "--check"], capture_output=True, text=True, check=False)
    assert said.stdout.strip() == "docs/features.md is in step"
    assert said.returncode == 0
