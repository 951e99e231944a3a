"""The truth of last resort: what installed headers declare, for functions of libraries without sources and debug
information."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from gnomon.analysis.boundary.binding import Binding, Span
from gnomon.analysis.metamodel import Alias, Pointer, Qualified, Record, Type, record_name
from gnomon.analysis.syntax.csource import CFunction, CVariable, SourceFacts

# A C text, the names wanted of what it includes, and folders to look for headers in.
Declarations = Callable[[str, Sequence[str], Sequence[str]], SourceFacts]

FOLDERS = (Path("/usr/include"), Path("/usr/local/include"), Path("/usr/include/x86_64-linux-gnu"))
PACKAGES = (
    Path("/usr/lib/x86_64-linux-gnu/pkgconfig"), Path("/usr/lib/aarch64-linux-gnu/pkgconfig"),
    Path("/usr/lib64/pkgconfig"), Path("/usr/lib/pkgconfig"), Path("/usr/local/lib/pkgconfig"),
    Path("/usr/share/pkgconfig"),
)  # fmt: skip
_STANDARD = (
    "assert", "ctype", "dlfcn", "errno", "fcntl", "fenv", "grp", "inttypes", "langinfo", "libintl", "locale",
    "math", "netdb", "poll", "pthread", "pwd", "sched", "semaphore", "setjmp", "signal", "spawn", "stdio",
    "stdlib", "string", "strings", "sys/epoll", "sys/eventfd", "sys/inotify", "sys/ioctl", "sys/ipc", "sys/mman",
    "sys/mount", "sys/msg", "sys/prctl", "sys/ptrace", "sys/random", "sys/resource", "sys/select", "sys/sem",
    "sys/sendfile", "sys/shm", "sys/signalfd", "sys/socket", "sys/stat", "sys/statvfs", "sys/syscall",
    "sys/sysinfo", "sys/time", "sys/timerfd", "sys/types", "sys/uio", "sys/utsname", "sys/wait", "sys/xattr",
    "syslog", "termios", "time", "unistd", "utime", "wchar", "wctype", "arpa/inet", "net/if", "netinet/in",
)  # fmt: skip
_C_LIBRARIES = frozenset({"c", "m", "pthread", "dl", "rt", "util"})
_HEADERS = {
    "z": ("zlib.h",), "ssl": ("openssl/ssl.h",), "crypto": ("openssl/evp.h", "openssl/sha.h", "openssl/err.h"),
    "clang": ("clang-c/Index.h", "clang-c/BuildSystem.h", "clang-c/Documentation.h"),
    "brotlienc": ("brotli/encode.h",), "brotlidec": ("brotli/decode.h",), "python3": ("Python.h",),
}  # fmt: skip
_VERSION = re.compile(r"[-.]?\d[\d.]*$")
_VARIABLE = re.compile(r"^(\w+)=(.*)$", re.M)
_KEY = re.compile(r"^(Libs|Cflags):(.*)$", re.M)


class Headers:
    """Remembers what it has asked for: headers are installed once, and parsing all of them takes a while."""

    def __init__(self, declarations: Declarations, python: Sequence[str] = ()) -> None:
        """`python` are the folders of Python's own headers."""
        self._declarations = declarations
        self._python = tuple(python)
        self._known: dict[tuple[str, str], CFunction | None] = {}  # by library and name; lives as long as self
        self._including: dict[str, tuple[str, tuple[str, ...]]] = {}
        self._records: dict[str, dict[str, Record | None]] = {}  # by library and name
        self._variables: dict[tuple[str, str], CVariable | None] = {}

    def applied(self, bindings: Sequence[Binding]) -> tuple[Binding, ...]:
        """The edges, with the types of headers where nothing better was known. Each library has its own headers."""
        wanted: dict[str, set[str]] = {}
        for binding in bindings:
            key = (_stem(binding), binding.native)
            if _is_open(binding) and key not in self._known:
                wanted.setdefault(key[0], set()).add(binding.native)
        for stem, names in wanted.items():
            self._known.update({(stem, name): None for name in names})
            for function in self._asked(stem, sorted(names)).functions:
                if function.name in names:
                    self._known[stem, function.name] = function
        return tuple(_declared(b, self._known.get((_stem(b), b.native))) for b in bindings)

    def record(self, binding: Binding, name: str) -> Record | None:
        """The struct or union of that tag or typedef in the headers of a function's library, with its members."""
        stem = _stem(binding)
        records = self._records.setdefault(stem, {})
        if name not in records:  # parsing headers takes long: all that the library's functions speak of at once
            wanted = {name, *self._spoken_of(stem)} - records.keys()
            records.update(dict.fromkeys(wanted))
            for type_ in self._asked(stem, sorted(wanted)).types:
                if isinstance(type_, Record) and type_.name in wanted and type_.members is not None:
                    records[type_.name] = records[type_.name] or type_
        return records[name]

    def _spoken_of(self, stem: str) -> set[str]:
        """The structs and unions that known functions of a library take or give."""
        known = [function.type for (of, _), function in self._known.items() if of == stem and function is not None]
        types = [t for f in known if f is not None for t in (f.result, *(parameter.type for parameter in f.parameters))]
        return {name for type_ in types if (name := record_name(_behind_pointers(type_)))}

    def variable(self, library: str, name: str) -> CVariable | None:
        """A variable that the headers of a library declare."""
        key = (_stem_of(library), name)
        if key not in self._variables:
            found = self._asked(key[0], [name]).variables
            self._variables[key] = next((variable for variable in found if variable.name == name), None)
        return self._variables[key]

    def _asked(self, stem: str, names: Sequence[str]) -> SourceFacts:
        if stem not in self._including:
            self._including[stem] = _including(stem, self._python)
        text, folders = self._including[stem]
        return self._declarations(text, names, folders) if text else SourceFacts("")


@dataclass(slots=True)
class Remembered:
    """Declarations of texts, asked for again and again while other texts change; the oldest answers go first."""

    declarations: Declarations
    most: int = 64
    _known: dict[tuple[str, tuple[str, ...], tuple[str, ...]], SourceFacts] = field(default_factory=dict)

    def __call__(self, text: str, names: Sequence[str] = (), folders: Sequence[str] = ()) -> SourceFacts:
        key = (text, tuple(names), tuple(folders))
        if key not in self._known:
            if len(self._known) >= self.most:
                del self._known[next(iter(self._known))]
            self._known[key] = self.declarations(text, names, folders)
        return self._known[key]


def _behind_pointers(type_: Type) -> Type:
    name: Type = type_
    while isinstance(name, Alias | Qualified | Pointer):
        inner = name.target
        if isinstance(name, Alias) and not isinstance(inner, Alias | Qualified | Pointer):
            return name  # the typedef may be the only name of what it stands for
        name = inner
    return name


def _is_open(binding: Binding) -> bool:
    return binding.kind in ("ctypes", "cffi") and binding.truth == "none" and bool(_stem(binding))


def _declared(binding: Binding, function: CFunction | None) -> Binding:
    if function is None or not _is_open(binding):
        return binding
    end = function.column + len(function.name.encode())
    place = Span(function.path, function.line, function.column, function.line, end)
    return replace(binding, truth="header", signature=function.signature, type=function.type, definition=place)


def _stem(binding: Binding) -> str:
    """By the library's file; where that is computed, by the variable: "magic" of `libmagic = load()`, "cairo" of
    `cairo = load()`."""
    if binding.library:
        return _stem_of(binding.library)
    holder = binding.python.rsplit(".", 2)
    name = holder[1].lstrip("_") if len(holder) == 3 else ""
    if name.startswith("lib"):
        return name.removeprefix("lib")
    return "" if name in _C_LIBRARIES or name in _STANDARD else name


def _stem_of(library: str) -> str:
    """ "usb-1.0" of "libusb-1.0.so.0"."""
    return re.split(r"\.(?:so|dylib|dll)\b", Path(library).name)[0].removeprefix("lib")


def _including(stem: str, python: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """A C text that includes a library's headers, and the folders to look in; an empty text when none is installed
    under a name that says so."""
    plain = _VERSION.sub("", stem)
    folders = (*FOLDERS, *(_package_folders(stem) or _package_folders(plain)))
    if stem in _C_LIBRARIES:
        names = tuple(f"{name}.h" for name in _STANDARD)
    else:
        bare = plain.rstrip("0123456789")
        guesses = (f"{stem}.h", f"{plain}.h", f"lib{plain}.h", f"{bare}.h", f"lib{stem}/lib{plain}.h")
        names = (*_HEADERS.get(stem, _HEADERS.get(plain, ())), *guesses, f"{plain}/{plain}.h")
        folders = (*folders, *_compiler_folders(plain), *(map(Path, python) if stem == "python3" else ()))
    existing = dict.fromkeys(name for name in names if any((folder / name).is_file() for folder in folders))
    text = "#define _GNU_SOURCE 1\n" + "".join(f"#include <{name}>\n" for name in existing) if existing else ""
    return text, tuple(str(folder) for folder in folders[len(FOLDERS) :])


def _package_folders(stem: str) -> list[Path]:
    """Where pkg-config says that the headers of a library are."""
    for folder in PACKAGES:
        for path in sorted(folder.glob("*.pc")) if folder.is_dir() else ():
            try:
                text = path.read_text("utf-8", "replace")
            except OSError:
                continue
            values = dict(_KEY.findall(text))
            if f"-l{stem}" in values.get("Libs", "").split():
                options = _filled(values.get("Cflags", ""), dict(_VARIABLE.findall(text))).split()
                return [Path(option[2:]) for option in options if option.startswith("-I")]
    return []


def _filled(text: str, variables: dict[str, str]) -> str:
    """With the variables' values in the place of `${name}`; they may use each other."""
    for _ in range(len(variables) + 1):
        text = re.sub(r"\$\{(\w+)\}", lambda match: variables.get(match[1], ""), text)
    return text


def _compiler_folders(stem: str) -> list[Path]:
    """Of the newest LLVM, whose packages have no pkg-config file."""
    return sorted(Path("/usr/lib").glob("llvm-*/include"))[-1:] if stem == "clang" else []
