"""Writes docs/features.md from the docstrings of the features, or with --check says whether it is in step.

    python docs/features.py [--check]

A feature's text is the docstring of its module in analysis/navigation; of one that is only the server's, such as
diagnostics, that of its module in server/features.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "features.md"
HEAD = """# Features in the editor

<!-- Written by docs/features.py from the docstrings of the features: change them there. -->

All of them answer only what crosses the boundary between Python and C. What stays inside one language is left to that
language's own server, such as clangd and Pylance, beside which Gnomon runs.
"""


def page() -> str:
    """The whole page, the features in order of their titles."""
    found = sorted(filter(None, map(_section, sorted((ROOT / "server" / "features").glob("*.py")))))
    return "\n".join([HEAD, *found])


def _section(server: Path) -> str:
    navigation = ROOT / "analysis" / "navigation" / server.name
    text = ast.get_docstring(ast.parse((navigation if navigation.exists() else server).read_text())) or ""
    title, _, rest = text.partition("\n")
    heading, colon, more = title.rstrip(".").partition(": ")
    opening = f"{more[:1].upper()}{more[1:]}.\n\n" if colon else ""
    return f"## {heading}\n\n{opening}{rest.strip()}\n" if text else ""


def main() -> int:
    if "--check" in sys.argv[1:]:
        is_in_step = PAGE.exists() and PAGE.read_text() == page()
        print("docs/features.md is in step" if is_in_step else "docs/features.md is not: run python docs/features.py")
        return int(not is_in_step)
    PAGE.write_text(page())
    return 0


if __name__ == "__main__":
    sys.exit(main())
