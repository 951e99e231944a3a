"""Writes a page for each code of a finding: what the docstring of its check or domain says, and examples.

    python docs/checks/make.py

An example of a contract check is a line of tests/contracts/cases with the mark that the tests demand a report for; one
of a domain is a function of tests/cases, with its corrected twin where one follows it.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from gnomon.analysis.contracts.check import CHECKS
from gnomon.analysis.exercise.codes import SAID
from gnomon.analysis.shadows import BUILT_IN
from gnomon.analysis.shadows.staging import stage_domains

HERE = Path(__file__).parent
TESTS = HERE.parent.parent / "tests"
CASES, DOMAIN_CASES = TESTS / "contracts" / "cases", TESTS / "cases"
MARK = re.compile(r"\s*(?://|#)~\^* (?:error|warning|note)\[(?P<code>[a-z.-]+)\](?:: (?P<text>.*?))?\s*$")
FUNCTION = re.compile(r"^(?!#|/|\s|[{}]|typedef|struct \w+ \{)[^\n;]*\{\n.*?^\}(?: *//~[^\n]*)?\n", re.M | re.S)
EXAMPLES = 3
TWIN = "_fixed"  # behind the name of a file

WITNESS = """\
## How to read the witness

The finding names inputs with which the demand fails, as short and small as were found; with them a run of the whole
program failed at this place. The steps lead there in order: the call from outside with its inputs, then each line that
was passed for the last time, with the values it gave, and at the end the line that fails. `gnomon explain FILE:LINE`
prints them; in an editor they are the related information of the diagnostic, and *Gnomon: Show Witness* puts the
values at the ends of their lines. Where Python reaches the code, `gnomon replay ID` runs the same inputs on the real
library."""

RUN = """\
## How to read the finding

It was found by running the extension: `gnomon check --exercise`, or an editor while it is idle, builds it with
sanitizers, calls it in many ways in a sandbox, and tells of what failed once more when its script ran alone. The
message has the calls; `gnomon replay ID --script` prints the script, and `gnomon replay ID` runs it again."""


class Case(NamedTuple):
    """A function of the test cases: its text without marks, and the codes and texts that were marked in it."""

    file: str  # without what twins have behind it
    name: str
    text: str
    marks: tuple[tuple[str, str], ...]


def pages() -> dict[str, str]:
    """The text of each page by code."""
    return {**_contract_pages(), **_domain_pages(), **_exercise_pages()}


def _exercise_pages() -> dict[str, str]:
    return {code: f"# {code}\n\n{said}\n\n{RUN}\n" for code, said in SAID.items()}


def _contract_pages() -> dict[str, str]:
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


def _domain_pages() -> dict[str, str]:
    files = sorted(DOMAIN_CASES.rglob("*.c"))
    cases = [case for path in files for case in _cases(path.stem.removesuffix(TWIN), path.read_text())]
    messages: dict[str, list[str]] = {}
    said: dict[str, list[str]] = {}  # several domains may report the same code
    for domain in BUILT_IN:
        demands = stage_domains([domain()]).demands
        for demand in demands:
            messages.setdefault(demand.code, []).append(demand.message)
        for code in dict.fromkeys(demand.code for demand in demands):
            said.setdefault(code, []).append(inspect.cleandoc(domain.__doc__ or ""))
    found: dict[str, str] = {}
    for code, told in messages.items():
        says = "\n".join(f"- {message}" for message in dict.fromkeys(told))
        parts = [f"# {code}", *said[code], f"A finding says:\n\n{says}"]
        found[code] = "\n\n".join([*parts, *_domain_example(code, cases), WITNESS]) + "\n"
    return found


def _cases(file: str, source: str) -> Iterator[Case]:
    for match in FUNCTION.finditer(source):
        text = match[0]
        name = re.search(r"(\w+)\(", text)
        marks = tuple((m["code"], m["text"] or "") for line in text.splitlines() if (m := MARK.search(line)))
        lines = (MARK.sub("", line) for line in text.splitlines())
        yield Case(file, name[1] if name else "", "\n".join(line for line in lines if line.strip()), marks)


def _domain_example(code: str, cases: list[Case]) -> list[str]:
    """The shortest function with a mark of this code, if possible no other, and its twin: best one that has a twin."""
    reported = [(case, {c for c, _ in case.marks}) for case in cases if any(c == code for c, _ in case.marks)]
    if not reported:
        return []
    twins = {case: _twin(case, cases) for case, _ in reported}
    case, _ = min(reported, key=lambda row: (len(row[1]), twins[row[0]] is None, len(row[0].text)))
    told = [text for c, text in case.marks if c == code and " = " in text]  # values of inputs
    shown = ["## Reported", f"```c\n{case.text}\n```", *([f"> when {told[0]}"] if told else [])]
    twin = twins[case]
    return shown if twin is None else [*shown, "## Not reported", f"```c\n{twin.text}\n```"]


def _twin(case: Case, cases: list[Case]) -> Case | None:
    """Of the same name in the other file of the pair, or of that name and more behind it; which is not the same."""
    found = [c for c in cases if c.file == case.file and not c.marks and re.fullmatch(rf"{case.name}(_\w+)?", c.name)]
    return next((c for c in found if case.name and c.text != case.text), None)


def main() -> None:
    for code, text in pages().items():
        (HERE / f"{code}.md").write_text(text)


if __name__ == "__main__":
    main()
