"""What is reported of the standard library's own extension modules: it must be nothing, or a true mistake, replayed.

    python benchmarks/standard_modules.py [--seconds N] FOLDER [MODULE ...]

FOLDER keeps what is fetched and made: the sources of this interpreter's version from Debian (sources.py says how; the
last part of the version may differ), a project for each module, and what was printed of it (MODULE.json). A project is
the module's C files with the headers that they include, and a setup.py; the internal headers are those that this
interpreter has installed. Modules get a name of their own (`std_json`), so that neither the interpreter nor its library
take the built one for theirs. Each is checked, exercised and replayed within a time limit, and verdicts and findings
are printed; "withdrawn" is what the check found and the real code denied, which no user sees. Ends with status 1 when
there is a finding that was not replayed, one that was withdrawn, or a module that was not built.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import sysconfig
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pypi import Answer, ask
from sources import Library, fetch

INCLUDED = re.compile(r'^[ \t]*#[ \t]*include[ \t]+"([^"]+)"', re.M)
SETUP = """\
from setuptools import Extension, setup

setup(
    name="{name}",
    version="1",
    packages=[],
    ext_modules=[
        Extension(
            "{name}",
            {sources},
            include_dirs={includes},
            define_macros={macros},
            libraries={libraries},
            extra_compile_args=["-fwrapv"],  # as the interpreter itself is built
        )
    ],
)
"""


@dataclass(frozen=True, slots=True)
class Module:
    """`sources` are paths below Modules/, the first of them with the module's start."""

    name: str
    sources: tuple[str, ...]
    libraries: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()  # where headers are, below Modules/
    is_built_in: bool = False  # then the build says that internal headers are read, and the source does not

    @property
    def called(self) -> str:
        return f"std_{self.name.strip('_')}"


MODULES = (
    Module("_bisect", ("_bisectmodule.c",)),
    Module("_heapq", ("_heapqmodule.c",)),
    Module("_struct", ("_struct.c",)),
    Module("_csv", ("_csv.c",)),
    Module("_json", ("_json.c",)),
    Module("_random", ("_randommodule.c",)),
    Module("array", ("arraymodule.c",)),
    Module("binascii", ("binascii.c",)),
    Module("_queue", ("_queuemodule.c",)),
    Module("_statistics", ("_statisticsmodule.c",)),
    Module("audioop", ("audioop.c",)),
    Module("mmap", ("mmapmodule.c",)),
    Module("select", ("selectmodule.c",)),
    Module("_datetime", ("_datetimemodule.c",), ("m",)),
    Module("_pickle", ("_pickle.c",)),
    Module("_elementtree", ("_elementtree.c",), folders=("expat",)),
    Module("zlib", ("zlibmodule.c",), ("z",)),
    Module("fcntl", ("fcntlmodule.c",)),
    Module("grp", ("grpmodule.c",)),
    Module("spwd", ("spwdmodule.c",)),
    Module("syslog", ("syslogmodule.c",)),
    Module("termios", ("termios.c",)),
    Module("resource", ("resource.c",)),
    Module("_lsprof", ("_lsprof.c", "rotatingtree.c")),
    Module("_opcode", ("_opcode.c",)),
    Module("_operator", ("_operator.c",), is_built_in=True),
    Module("cmath", ("cmathmodule.c",), ("m",)),
    Module("math", ("mathmodule.c",), ("m",)),
    Module("_zoneinfo", ("_zoneinfo.c",)),
    Module("_bz2", ("_bz2module.c",), ("bz2",)),
    Module("_lzma", ("_lzmamodule.c",), ("lzma",)),
)


def project_of(module: Module, modules: Path, folder: Path, seconds: float) -> Path:
    """Writes a project; what is there already and the same stays untouched."""
    project = folder / module.called
    roots = [modules, *(modules / name for name in module.folders)]
    for path in _with_headers([modules / name for name in module.sources], roots):
        text = path.read_text(encoding="utf-8", errors="surrogateescape")
        text = re.sub(rf"\bPyInit_{module.name}\b", f"PyInit_{module.called}", text)
        text = re.sub(rf'(PyModuleDef_HEAD_INIT,[^"}}]*"){module.name}"', rf'\1{module.called}"', text)
        _write(project / path.relative_to(modules), text)
    internal = str(Path(sysconfig.get_path("include")) / "internal")
    includes = [".", *module.folders, internal]
    macros = [("Py_BUILD_CORE_MODULE", "1")] if module.is_built_in else []
    named = {"name": module.called, "sources": list(module.sources), "libraries": list(module.libraries)}
    _write(project / "setup.py", SETUP.format(includes=includes, macros=macros, **named))
    flags = ["-fwrapv", *(f"-I{name}" for name in includes), *(f"-D{name}={value}" for name, value in macros)]
    budgets = f"[tool.gnomon.budgets]\ncheck_seconds = {seconds}\n"
    _write(project / "pyproject.toml", f"[tool.gnomon]\ncompile_flags = {json.dumps(flags)}\n{budgets}")
    return project


def _with_headers(paths: Sequence[Path], roots: Sequence[Path]) -> Iterator[Path]:
    """Files, and what they include of the same tree."""
    waiting, seen = list(paths), set(paths)
    while waiting:
        path = waiting.pop()
        yield path
        for name in INCLUDED.findall(path.read_text(encoding="utf-8", errors="replace")):
            found = next((p for p in (folder / name for folder in (path.parent, *roots)) if p.is_file()), None)
            if found is not None and found not in seen:
                seen.add(found)
                waiting.append(found)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    data = text.encode("utf-8", errors="surrogateescape")
    if not path.is_file() or path.read_bytes() != data:
        path.write_bytes(data)


def check(project: Path) -> Answer:
    answer = ask("check", project, "--no-store", "--replay")
    project.with_suffix(".json").write_text(json.dumps(answer.printed, indent=2), encoding="utf-8")
    return answer


HEAD = ("module", "functions", "proved", "undecided", "findings", "replayed", "not replayed", "withdrawn", "seconds")


def line(name: str, answer: Answer) -> str:
    verdicts, found = answer.printed.get("verdicts", {}), answer.findings
    counts = [len(answer.printed.get("functions", [])), verdicts.get("proved", 0), verdicts.get("undecided", 0)]
    is_replayed = [finding["state"] == "replayed" for finding in found]
    cells = [name, *counts, len(found), sum(is_replayed), is_replayed.count(False), len(answer.withdrawn)]
    cells.append(round(answer.seconds))
    return "| " + " | ".join(map(str, cells)) + " |"


def details(name: str, answer: Answer) -> Iterator[str]:
    for problem in answer.problems:
        yield f"{name}: {problem}"
    for finding in answer.findings:
        place = f"{name}: {finding['path']}:{finding['line']} {finding['function']}"
        yield f"{place}: {finding['code']} ({finding['state']}): {finding['message']} {finding['state_reason']}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("modules", nargs="*")
    parser.add_argument("--seconds", type=float, default=30.0, help="for the check of each module, before it is run")
    asked = parser.parse_args()
    folder: Path = asked.folder.resolve()
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    modules = fetch(Library(version, "debian", ()), folder) / "Modules"
    chosen = [module for module in MODULES if not asked.modules or module.name in asked.modules]
    answers: dict[str, Answer] = {}
    print(f"| {' | '.join(HEAD)} |\n" + "| --- " * len(HEAD) + "|")
    for module in chosen:
        answers[module.name] = check(project_of(module, modules, folder / "projects", asked.seconds))
        print(line(module.name, answers[module.name]), flush=True)
    for name, answer in answers.items():
        for told in details(name, answer):
            print(told)
    return int(any(answer.unconfirmed or answer.problems for answer in answers.values()))


if __name__ == "__main__":
    sys.exit(main())
