"""What a project says of itself in `[tool.gnomon]` of its pyproject.toml.

Keys: `include`, `exclude` (globs), `disable` (codes or domains), `severity` and `budgets` (tables), `compile_flags`,
`domains` (shadow domains to add or leave out, and files with own ones), `entries` (C functions that may be called
with anything), `python` (an interpreter or an environment, whose headers are read), `allocation_failures`,
`latent`, `baseline` (a file). What is misspelt or of a wrong type becomes a problem and has no effect; the rest holds.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from gnomon.analysis.shadows import NAMES
from gnomon.analysis.syntax.options import meaningful
from gnomon.analysis.workspace import Snapshot

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib  # type: ignore[import-not-found, unused-ignore]

Severity = Literal["error", "warning", "note", "off"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note", "off")

BUDGETS: Mapping[str, type[int] | type[float]] = {
    "budget_seconds": float,
    "entry_seconds": float,
    "check_seconds": float,
    "late_seconds": float,
    "edit_seconds": float,
    "solver_milliseconds": int,
    "memory_mb": int,
    "instructions": int,
    "paths": int,
}

# The first parts of all codes.
DOMAINS = frozenset(
    {
        *("bounds", "lifetime", "null", "defined", "arith", "nul", "call", "resource", "assert", "type", "taint"),
        *("stack", "alias", "fp", "owner", "exception", "gil", "slot", "python", "contract", "suppression"),
    }
)

_KEYS = (
    *("include", "exclude", "disable", "severity", "budgets", "compile_flags", "domains", "entries"),
    *("python", "allocation_failures", "latent", "baseline"),
)
_TEXTS = ("python", "baseline")
_FLAGS = ("allocation_failures", "latent")
_LISTS = ("include", "exclude", "disable", "compile_flags", "domains", "entries")


@dataclass(frozen=True, slots=True)
class Configuration:
    """`problems` are sentences about the file itself."""

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    disable: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    budgets: Mapping[str, float] = field(default_factory=dict)
    compile_flags: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    python: str = ""
    allocation_failures: bool = False
    latent: bool = False
    baseline: str = ""
    problems: tuple[str, ...] = ()

    def covers(self, path: str) -> bool:
        """Is a file, by its path from the root, to be looked at?"""
        is_included = not self.include or any(_glob(pattern).fullmatch(path) for pattern in self.include)
        return is_included and not any(_glob(pattern).fullmatch(path) for pattern in self.exclude)

    def domain_names(self, default: Sequence[str]) -> tuple[str, ...]:
        """The built-in domains that are checked: the default ones, what `domains` adds, without what it leaves out."""
        wanted = {*default, *self.domains} - {name[1:] for name in self.domains if name.startswith("-")}
        return tuple(name for name in NAMES if name in wanted)

    def domain_files(self) -> tuple[str, ...]:
        """The files with the project's own domains, by their paths from the root."""
        return tuple(name for name in self.domains if name.endswith(".py"))

    def severity_of(self, code: str) -> Severity | None:
        """What the project says of a code, or else of its domain; None when it says nothing."""
        if any(is_named(code, name) for name in self.disable):
            return "off"
        return self.severity.get(code) or self.severity.get(code.partition(".")[0])

    def narrowed(self, snapshot: Snapshot) -> Snapshot:
        """The snapshot without the sources that are left out, and with the problems of the configuration."""
        return replace(
            snapshot,
            c_files=tuple(path for path in snapshot.c_files if self.covers(snapshot.relative(path))),
            python_files=tuple(path for path in snapshot.python_files if self.covers(snapshot.relative(path))),
            stubs=tuple(path for path in snapshot.stubs if self.covers(snapshot.relative(path))),
            problems=(*snapshot.problems, *self.problems),
        )

    def arguments(self, root: Path) -> list[str]:
        """What the compiler is told besides what the build says."""
        return meaningful(str(root), self.compile_flags)

    def python_includes(self, root: Path) -> list[str]:
        """The folder of Python.h that `python` means, if anything."""
        headers = headers_of(root / self.python) if self.python else None
        return [str(headers)] if headers is not None else []


def is_named(code: str, name: str) -> bool:
    """Does a name, a code or a domain, mean the code?"""
    return code == name or code.startswith(f"{name}.")


def configuration_of(snapshot: Snapshot) -> Configuration:
    """The configuration of a workspace; what is not TOML at all is for others to report."""
    path = str(snapshot.root / "pyproject.toml")
    configuration = read_configuration(snapshot.text(path))
    if configuration.python and headers_of(snapshot.root / configuration.python) is None:
        problem = _problem(f"`python`: no Python.h was found beside {configuration.python}")
        return replace(configuration, python="", problems=(*configuration.problems, problem))
    return configuration


@lru_cache(maxsize=8)
def read_configuration(text: str) -> Configuration:
    """The `[tool.gnomon]` table of a pyproject.toml's text."""
    try:
        table = tomllib.loads(text).get("tool", {}).get("gnomon", {})
    except (tomllib.TOMLDecodeError, AttributeError, RecursionError):
        return Configuration()
    if not isinstance(table, dict):
        return Configuration(problems=(_problem("must be a table"),))
    problems: list[str] = []
    given: dict[str, Any] = {}
    for key, value in table.items():
        if key not in _KEYS:
            problems.append(_problem(f"there is no `{key}`{_suggestion(key, _KEYS)}"))
        elif key in _LISTS:
            given[key] = _strings(key, value, problems)
        elif key in _TEXTS:
            given[key] = _string(key, value, problems)
        elif key in _FLAGS:
            given[key] = _flag(key, value, problems)
        else:
            given[key] = _severities(value, problems) if key == "severity" else _budgets(value, problems)
    for name in given.get("domains", ()):
        if not name.endswith(".py") and name.removeprefix("-") not in NAMES:
            near = _suggestion(name.removeprefix("-"), NAMES)
            problems.append(_problem(f"`domains`: {name} is neither a domain nor a Python file{near}"))
    for code in (*given.get("disable", ()), *given.get("severity", {})):
        domain = code.partition(".")[0]
        if domain not in DOMAINS:
            problems.append(_problem(f"there is no code or domain `{code}`{_suggestion(domain, DOMAINS)}"))
    return Configuration(**given, problems=tuple(problems))


def headers_of(python: Path) -> Path | None:
    """The folder of Python.h that belongs to an interpreter or an environment; neither is run."""
    try:
        interpreter = (python / "bin" / "python" if python.is_dir() else python).resolve(strict=True)
        below = interpreter.parent.parent / "include"
        named = below / interpreter.name
        found = [named] if (named / "Python.h").is_file() else [header.parent for header in below.glob("*/Python.h")]
    except (OSError, RuntimeError, ValueError):
        return None
    return found[0] if len(found) == 1 else None


def _problem(text: str) -> str:
    return f"pyproject.toml: [tool.gnomon] {text}"


def _suggestion(word: str, known: Iterable[str]) -> str:
    near = get_close_matches(word.replace("-", "_"), sorted(known), n=1)
    return f"; did you mean `{near[0]}`?" if near else ""


def _strings(key: str, value: object, problems: list[str]) -> tuple[str, ...]:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    problems.append(_problem(f"`{key}` must be a list of strings"))
    return ()


def _string(key: str, value: object, problems: list[str]) -> str:
    if isinstance(value, str):
        return value
    problems.append(_problem(f"`{key}` must be a string"))
    return ""


def _severities(value: object, problems: list[str]) -> dict[str, Severity]:
    if not isinstance(value, dict):
        problems.append(_problem('`severity` must be a table, as in `severity = { arith = "warning" }`'))
        return {}
    found: dict[str, Severity] = {}
    for code, severity in _flat(value):
        if severity in SEVERITIES:
            found[code] = severity
        else:
            near = _suggestion(severity, SEVERITIES) if isinstance(severity, str) else ""
            problems.append(_problem(f"`severity` of `{code}` must be one of {', '.join(SEVERITIES)}{near}"))
    return found


def _flat(table: Mapping[str, object]) -> Iterable[tuple[str, object]]:
    """An unquoted `bounds.write = ...` is a table in a table."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from ((f"{name}.{rest}", inner) for rest, inner in _flat(value))
        else:
            yield name, value


def _flag(key: str, value: object, problems: list[str]) -> bool:
    if not isinstance(value, bool):
        problems.append(_problem(f"`{key}` must be true or false"))
    return value is True


def _budgets(value: object, problems: list[str]) -> dict[str, float]:
    if not isinstance(value, dict):
        problems.append(_problem("`budgets` must be a table, as in `budgets = { check_seconds = 120 }`"))
        return {}
    found: dict[str, float] = {}
    for name, amount in value.items():
        wanted = BUDGETS.get(name)
        if wanted is None:
            problems.append(_problem(f"there is no budget `{name}`{_suggestion(name, BUDGETS)}"))
        elif isinstance(amount, bool) or not isinstance(amount, (int, wanted)) or not 0 < amount < 1e15:
            kind = "whole number" if wanted is int else "number"
            problems.append(_problem(f"the budget `{name}` must be a {kind} above 0"))
        else:
            found[name] = wanted(amount)
    return found


@lru_cache(maxsize=256)
def _glob(pattern: str) -> re.Pattern[str]:
    """`*` stays in a folder, `**` does not; a folder means all below it, and a pattern without `/` any folder's."""
    written = pattern.removeprefix("./").strip("/")
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", written)
    words = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    start = "" if "/" in pattern.rstrip("/") else "(?:.*/)?"
    return re.compile(start + "".join(words.get(part, re.escape(part)) for part in parts) + "(?:/.*)?", re.S)
