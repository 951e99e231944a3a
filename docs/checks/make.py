"""Writes a page for each contract check: what its docstring says, and examples from its tests.

    python docs/checks/make.py

An example is a line of tests/contracts/cases with the mark that the tests demand a report for.
"""

from __future__ import annotations

import inspect
import re
import sys
from pathlib import Path

from gnomon.analysis.contracts.check import CHECKS

HERE = Path(__file__).parent
CASES = HERE.parent.parent / "tests" / "contracts" / "cases"
MARK = re.compile(r"\s*(?://|#)~\^* (?:error|warning|note)\[(?P<code>contract\.[a-z-]+)\](?:: (?P<text>.*?))?\s*$")
EXAMPLES = 3


def pages() -> dict[str, str]:
    """The text of each page by code."""
    said: dict[str, list[str]] = {}
    for check in CHECKS:
        module = sys.modules[check.__module__]
        for code in dict.fromkeys(re.findall(r'"(contract\.[a-z-]+)"', inspect.getsource(module))):
            said.setdefault(code, []).append(inspect.cleandoc(check.__doc__ or ""))
    return {code: "\n\n".join([f"# {code}", *texts, *_examples(code)]) + "\n" for code, texts in said.items()}


def _examples(code: str) -> list[str]:
    """The marked lines that say most, one for each text."""
    lines: dict[str, tuple[str, str]] = {}
    for path in sorted(CASES.rglob("*")):
        for line in path.read_text().splitlines() if path.suffix in (".c", ".py", ".pyi") else ():
            mark = MARK.search(line)
            if mark and mark["code"] == code and mark["text"]:
                language = "c" if path.suffix == ".c" else "python"
                lines.setdefault(mark["text"], (language, line[: mark.start()].strip().rstrip(",")))
    chosen = sorted(lines.items(), key=lambda item: -len(item[0]))[:EXAMPLES]
    if not chosen:
        return []
    return ["## Reported", *(f"```{language}\n{line}\n```\n\n> {text}" for text, (language, line) in chosen)]


def main() -> None:
    for code, text in pages().items():
        (HERE / f"{code}.md").write_text(text)


if __name__ == "__main__":
    main()
