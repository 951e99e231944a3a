"""Builds of the user's C code for replays: with ASan and UBSan, or plain for memcheck.

Cached by the content of the sources and headers, the flags and the compiler: a folder of a hash's name, complete
when it exists. Anybody may delete the cache at any time.
"""

from __future__ import annotations

import hashlib
import re
import shlex
import shutil
import subprocess
import sysconfig
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Literal

from gnomon.analysis.checking.entry import Entry
from gnomon.analysis.checking.finding import Finding
from gnomon.analysis.checking.python_calls import MALLOC_FAILS
from gnomon.analysis.checking.python_values import BACK_AT_END
from gnomon.analysis.replay.environment import WATCHERS, linking
from gnomon.analysis.replay.names import DRIVER, LIBRARY, PROGRAM
from gnomon.analysis.replay.report import ReplayRefusedError
from gnomon.analysis.replay.sanitizer import ALIVE_WHEN_USED, OWNER
from gnomon.analysis.syntax.options import meaningful
from gnomon.analysis.syntax.setup import ExtensionModule, extensions_of_pyproject, extensions_of_setup

Contents = dict[tuple[Path, ...], bytes]  # digests of sources and their headers
Flavour = Literal["sanitizers", "failing", "memcheck", "failing-memcheck", "exercised"]
SANITIZED: tuple[Flavour, ...] = ("sanitizers", "failing")
BY_MEMCHECK: tuple[Flavour, ...] = ("memcheck", "failing-memcheck")
_FAILING: tuple[Flavour, ...] = ("failing", "failing-memcheck", "exercised")  # where malloc may be let fail

# -O0 and -fno-builtin: no access that the source makes may be optimised away, and no library call be made inline.
_COMMON = ("-g", "-O0", "-fno-builtin", "-fno-omit-frame-pointer", "-w")
EXERCISED = ("-fsanitize=address,undefined", "-fsanitize-coverage=trace-pc")  # and it tells which edges ran
_SANITIZERS = ("-fsanitize=address,undefined,float-cast-overflow",)
_FLAVOURS: dict[Flavour, tuple[str, ...]] = {
    "sanitizers": _SANITIZERS,
    "failing": _SANITIZERS,
    "memcheck": (),
    "failing-memcheck": (),
    "exercised": EXERCISED,
}
# A script lets one of these fail that an extension calls.
FAILING_SOURCE = Path(__file__).parent / "failing_malloc.c"
_ALLOCATING = (
    *("malloc", "calloc", "realloc", "reallocarray", "aligned_alloc", "memalign", "posix_memalign"),
    *("strdup", "strndup", "wcsdup", "asprintf", "vasprintf", "getcwd", "getline"),
)
WRAPPED = tuple(f"-Wl,--wrap={name}" for name in _ALLOCATING)
_FOR_MEMCHECK = ("defined.read", "resource.misuse", "resource.leak")
RUNTIMES = ("libasan.so", "libubsan.so")
SHIPPED = '"$(python3 -c "import gnomon.analysis.replay as r; print(*r.__path__)")"/failing_malloc.c'
BUILD_SECONDS = 120
# The module that was built is found before all others of that name; what else such a package has, where it is: first
# where the project keeps it.
PACKAGE = '__path__ = __path__ + {own} + __import__("pkgutil").extend_path(__path__, __name__)'
_SOURCE_FOLDERS = ("", "src", "lib", "python")
_FORMAT_WARNINGS = ("-Wformat", "-Wformat-security", "-Wformat-nonliteral")  # the last two: what only a run shows
_FORMAT_WARNING = re.compile(r"^(?P<path>[^:\n]+):(?P<line>\d+):\d+: warning: .*\[-Wformat[=\w-]*\]$", re.M)
_MAIN = re.compile(r"^\s*(?:int\s+)?main\s*\(", re.M)


@dataclass(frozen=True, slots=True)
class Build:
    """A folder with the built code, and where the runtime of the sanitizers is (to be loaded first)."""

    folder: Path
    runtimes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Plan:
    sources: tuple[Path, ...]
    output: str  # inside the build folder
    flags: tuple[str, ...]
    driver: str = ""  # the text of one more source
    included: tuple[Path, ...] = ()  # by the driver


def build(entry: Entry, root: Path, cache: Path, flavour: Flavour, driver: str = "") -> Build:
    """Builds what the entry calls, with a driver in C where that is what calls it. Raises ReplayRefusedError with the
    compiler's words when that fails."""
    compiler = _compiler()
    version = _version(compiler)
    failures = []
    for plan in _plans(entry, root, driver, flavour):
        folder = cache / _key(plan, root, flavour, version)
        failure = None if folder.is_dir() else _compile(compiler, plan, folder, flavour, root)
        if failure is None:
            return Build(folder, _runtimes(compiler) if flavour in SANITIZED else ())
        failures.append(failure)
    raise ReplayRefusedError(f"the sources do not build: {failures[-1]}")


def digest(entry: Entry, root: Path, flavour: Flavour, driver: str, contents: Contents) -> str:
    """Of all that a build depends on; `contents` keeps what was read, for as long as no file changes. Raises
    ReplayRefusedError when sources are missing, or the compiler."""
    compiler = _compiler()
    plan = _plans(entry, root, driver, flavour)[0]
    return _key(plan, root, flavour, _version(compiler), contents)


@cache
def _version(compiler: str) -> str:
    return _run([compiler, "--version"]).stdout


def _compiler() -> str:
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None:
        raise ReplayRefusedError("no C compiler was found (gcc or cc)")
    return compiler


def warnings_of_formats(entry: Entry, root: Path, driver: str) -> set[tuple[Path, int]]:
    """Where the compiler says that a format and its arguments do not fit."""
    plan = _plans(entry, root, driver, "sanitizers")[0]
    with tempfile.TemporaryDirectory(prefix="gnomon-warnings-") as scratch:
        source = Path(scratch) / "replay.c"
        source.write_text(driver, encoding="utf-8")
        words = [str(source), *map(str, plan.sources), *plan.flags]
        done = _run([shutil.which("gcc") or "cc", "-fsyntax-only", *_FORMAT_WARNINGS, *words])
    return {(Path(match["path"]).resolve(), int(match["line"])) for match in _FORMAT_WARNING.finditer(done.stderr)}


def flavour_of(finding: Finding) -> Flavour:
    """UBSan and ASan do not see undefined values, what the C library itself does with a closed stream, and streams that
    are left open (the library knows all of them)."""
    # What `__del__` frees, and often what is used too late, only the interpreter touches: it has no sanitizers.
    is_of_end = finding.code in OWNER and any(chosen.name == BACK_AT_END and chosen.value for chosen in finding.inputs)
    is_of_interpreter = is_of_end or finding.demand == ALIVE_WHEN_USED
    is_for_memcheck = is_of_interpreter or (finding.code in _FOR_MEMCHECK and finding.demand not in WATCHERS)
    is_extension = finding.history is not None and finding.history.kind == "capi"
    if is_extension and any(chosen.name == MALLOC_FAILS and chosen.value for chosen in finding.inputs):
        return "failing-memcheck" if is_for_memcheck else "failing"
    return "memcheck" if is_for_memcheck else "sanitizers"


def recipe(entry: Entry, root: Path, folder: str, flavour: Flavour, driver: str = "") -> list[str]:
    """The shell commands that build what the entry calls in a folder, from the project's folder. Raises
    ReplayRefusedError when sources are missing."""
    output, words = compilation(entry, root, folder, flavour, driver)
    near = [word.replace(f"{root}/", "").replace(f"-I{root}", "-I.") for word in words]
    packages = [
        f"echo {shlex.quote(_package(package.relative_to(folder), root, Path()))} > "
        + shlex.quote(str(package / "__init__.py"))
        for package in _packages(Path(output), Path(folder))
    ]
    command = shlex.join(dict.fromkeys(near)).replace(str(FAILING_SOURCE), SHIPPED)
    return [shlex.join(["mkdir", "-p", str(Path(output).parent)]), *packages, command]


def _packages(output: Path, folder: Path) -> list[Path]:
    """The packages that a built module is in, the innermost first."""
    return [above for above in output.parents if above != folder and above.is_relative_to(folder)]


def _package(package: Path, root: Path, shown: Path) -> str:
    """What stands in a package of a build; `shown` is how the project's folder is written."""
    found = [shown / folder / package for folder in _SOURCE_FOLDERS if (root / folder / package).is_dir()]
    return PACKAGE.format(own=[*map(str, found[:1])])


def compilation(entry: Entry, root: Path, folder: str, flavour: Flavour, driver: str = "") -> tuple[str, list[str]]:
    """The file that is built into a folder, and the compiler's command; a driver is taken for saved as DRIVER. Raises
    ReplayRefusedError when sources are missing."""
    plan = _plans(entry, root, driver, flavour)[0]
    output = f"{folder}/{plan.output}"
    sources = [*([DRIVER] if driver else []), *map(str, plan.sources)]
    return output, ["gcc", *_COMMON, *_FLAVOURS[flavour], *sources, "-o", output, *plan.flags]


def _plans(entry: Entry, root: Path, driver: str, flavour: Flavour) -> list[_Plan]:
    """What to compile, the likeliest first: the library whole, then the entry's own sources alone."""
    plans = _whole_plans(entry, root, driver)
    if flavour not in _FAILING:
        return plans
    return [replace(one, sources=(*one.sources, FAILING_SOURCE), flags=(*one.flags, *WRAPPED)) for one in plans]


def _whole_plans(entry: Entry, root: Path, driver: str) -> list[_Plan]:
    named = tuple(root / s for s in entry.sources)
    if not named:
        raise ReplayRefusedError(f"no source of {entry.name} is known")
    if missing := [s for s in named if not s.is_file()]:
        raise ReplayRefusedError(f"{missing[0]} is missing")
    folders = tuple(dict.fromkeys(s.parent for s in named))
    siblings = tuple(s for folder in folders for s in sorted(folder.glob("*.c")))
    includes = tuple(f"-I{folder}" for folder in (*folders, root, root / "include") if folder.is_dir())
    if driver:  # it includes the first source; what nobody defines, nobody calls
        flags = (
            "-no-pie",
            "-Wl,--unresolved-symbols=ignore-all",
            *linking(driver),
            f"-I{root}",
            *includes,
            "-lm",
            "-lpthread",
        )
        siblings = tuple(s for s in siblings if s != named[0] and not _has_main(s))
        return [_Plan(sources, PROGRAM, flags, driver, named[:1]) for sources in dict.fromkeys((siblings, named[1:]))]
    match entry.kind:
        case "main" | "function":
            raise ReplayRefusedError(f"{entry.name} is called by no Python")
        case "ctypes":
            output, flags = LIBRARY, ("-shared", "-fPIC", *includes)
            siblings = tuple(s for s in siblings if not _has_main(s))
        case "capi":
            python = sysconfig.get_paths()["include"]
            output = entry.module.replace(".", "/") + str(sysconfig.get_config_var("EXT_SUFFIX"))
            flags = ("-shared", "-fPIC", "-DNDEBUG", f"-I{python}", *includes)  # as interpreters build extensions
            siblings = tuple(s for s in siblings if not _has_main(s))
            if (described := _described(entry.module, named[0].parent, root, output, flags)) is not None:
                return [described]
    flags = (*flags, "-lm")
    return [_Plan(sources, output, flags) for sources in dict.fromkeys((siblings, named)) if sources]


def _described(module: str, folder: Path, root: Path, output: str, flags: tuple[str, ...]) -> _Plan | None:
    """What the nearest setup.py or pyproject.toml above a source says of the module."""
    for above in (folder, *folder.parents):
        for extension in _extensions(above):
            sources = tuple(above / s for s in extension.sources if s.endswith(".c"))
            if extension.name == module and sources and all(s.is_file() for s in sources):
                own = (*(f"-I{above / f}" for f in extension.include_folders), *(f"-D{m}" for m in extension.macros))
                return _Plan(sources, output, (*flags, *own, *meaningful(str(above), extension.options), "-lm"))
        if above == root:
            break
    return None


def _extensions(folder: Path) -> list[ExtensionModule]:
    found: list[ExtensionModule] = []
    if (setup := folder / "setup.py").is_file():
        found += extensions_of_setup(setup.read_text(encoding="utf-8", errors="replace"))
    if (project := folder / "pyproject.toml").is_file():
        described = extensions_of_pyproject(project.read_text(encoding="utf-8", errors="replace"))
        found += [] if isinstance(described, str) else described
    return found


def _has_main(source: Path) -> bool:
    return _MAIN.search(source.read_text(encoding="utf-8", errors="replace")) is not None


def _key(plan: _Plan, root: Path, flavour: Flavour, compiler_version: str, contents: Contents | None = None) -> str:
    digest = hashlib.sha256()
    package = _package(Path(plan.output).parent, root, root)
    words = (flavour, compiler_version, package, plan.output, plan.driver, *plan.flags, *_COMMON, *_FLAVOURS[flavour])
    for word in words:
        digest.update(word.encode() + b"\0")
    known = contents if contents is not None else {}
    sources = (*plan.sources, *plan.included)
    if sources not in known:
        known[sources] = _contents(sources, root)
    digest.update(known[sources])
    return digest.hexdigest()[:24]


def _contents(sources: Sequence[Path], root: Path) -> bytes:
    """A digest of sources, and of all headers that they may include."""
    digest = hashlib.sha256()
    headers = sorted({h for folder in {s.parent for s in sources} | {root} for h in folder.rglob("*.h")})
    for path in (*sources, *headers):
        digest.update(str(path).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.digest()


def _compile(compiler: str, plan: _Plan, folder: Path, flavour: Flavour, root: Path) -> str | None:
    """Builds into `folder`, which appears only when all went well; the compiler's first error otherwise."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix="building-") as scratch:
        output = Path(scratch) / "build" / plan.output
        output.parent.mkdir(parents=True)
        for package in _packages(output, Path(scratch) / "build"):
            text = _package(package.relative_to(Path(scratch) / "build"), root, root)
            (package / "__init__.py").write_text(text + "\n", encoding="utf-8")
        sources = [str(s) for s in plan.sources]
        if plan.driver:
            sources.insert(0, str(Path(scratch) / "replay.c"))
            Path(sources[0]).write_text(plan.driver, encoding="utf-8")
        done = _run([compiler, *_COMMON, *_FLAVOURS[flavour], *sources, "-o", str(output), *plan.flags])
        if done.returncode != 0:
            lines = done.stderr.splitlines() or ["the compiler failed without a word"]
            return next((line for line in lines if "error" in line or "undefined reference" in line), lines[0])
        try:
            (Path(scratch) / "build").rename(folder)
        except OSError:
            if not folder.is_dir():  # else another session built the same at the same time
                raise
    return None


def runtimes_of() -> tuple[str, ...]:
    """Of this machine's compiler. Raises ReplayRefusedError."""
    return _runtimes(shutil.which("gcc") or shutil.which("cc") or "cc")


def _runtimes(compiler: str) -> tuple[str, ...]:
    """A sanitizer's runtime must come first in a process whose program was built without it."""
    found = []
    for name in RUNTIMES:
        path = _run([compiler, f"-print-file-name={name}"]).stdout.strip()
        if not Path(path).is_absolute():
            raise ReplayRefusedError(f"the compiler has no {name}")
        found.append(path)
    return tuple(found)


def _run(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=BUILD_SECONDS, errors="replace")
    except subprocess.TimeoutExpired:
        raise ReplayRefusedError(f"the compiler took longer than {BUILD_SECONDS} seconds") from None
