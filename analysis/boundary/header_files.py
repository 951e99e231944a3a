"""Which headers a library has, where they are installed: by the library's name, pkg-config, and Debian's packages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

FOLDERS = (Path("/usr/include"), Path("/usr/local/include"), Path("/usr/include/x86_64-linux-gnu"))
PACKAGES = (
    Path("/usr/lib/x86_64-linux-gnu/pkgconfig"), Path("/usr/lib/aarch64-linux-gnu/pkgconfig"),
    Path("/usr/lib64/pkgconfig"), Path("/usr/lib/pkgconfig"), Path("/usr/local/lib/pkgconfig"),
    Path("/usr/share/pkgconfig"),
)  # fmt: skip
STANDARD = (
    "assert", "ctype", "dlfcn", "errno", "fcntl", "fenv", "grp", "inttypes", "langinfo", "libintl", "locale",
    "math", "netdb", "poll", "pthread", "pwd", "sched", "semaphore", "setjmp", "signal", "spawn", "stdio",
    "stdlib", "string", "strings", "sys/epoll", "sys/eventfd", "sys/inotify", "sys/ioctl", "sys/ipc", "sys/mman",
    "sys/mount", "sys/msg", "sys/prctl", "sys/ptrace", "sys/random", "sys/resource", "sys/select", "sys/sem",
    "sys/sendfile", "sys/shm", "sys/signalfd", "sys/socket", "sys/stat", "sys/statvfs", "sys/syscall",
    "sys/sysinfo", "sys/time", "sys/timerfd", "sys/types", "sys/uio", "sys/utsname", "sys/wait", "sys/xattr",
    "syslog", "termios", "time", "unistd", "utime", "wchar", "wctype", "arpa/inet", "net/if", "netinet/in",
)  # fmt: skip
C_LIBRARIES = frozenset({"c", "m", "pthread", "dl", "rt", "util"})
_HEADERS = {
    "z": ("zlib.h",), "ssl": ("openssl/ssl.h",), "crypto": ("openssl/evp.h", "openssl/sha.h", "openssl/err.h"),
    "clang": ("clang-c/Index.h", "clang-c/BuildSystem.h", "clang-c/Documentation.h"),
    "brotlienc": ("brotli/encode.h",), "brotlidec": ("brotli/decode.h",), "python3": ("Python.h",),
}  # fmt: skip
_VERSION = re.compile(r"[-.]?\d[\d.]*$")
_VARIABLE = re.compile(r"^(\w+)=(.*)$", re.M)
_KEY = re.compile(r"^(Libs|Cflags):(.*)$", re.M)
_DEBIAN = Path("/var/lib/dpkg/info")
HEADER_BOUND = 60  # headers of a package that are read together


@dataclass(frozen=True, slots=True)
class Included:
    """C texts that include a library's headers, the fullest first; and the folders to look in for what they include."""

    texts: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()


def included(stem: str, python: Sequence[str]) -> Included:
    """Of a library by its name ("usb-1.0"); nothing when no headers are installed under a name that says so."""
    packaged, listed = _packaged(stem)
    plain = _VERSION.sub("", stem)
    named = (stem, packaged, plain) if packaged else (stem, plain)
    folders = (*FOLDERS, *next(filter(None, map(_package_folders, named)), []))
    if stem in C_LIBRARIES:
        names = tuple(f"{name}.h" for name in STANDARD)
    else:
        bare = plain.rstrip("0123456789")
        guesses = (f"{stem}.h", f"{plain}.h", f"lib{plain}.h", f"{bare}.h", f"lib{stem}/lib{plain}.h")
        names = (*_HEADERS.get(stem, _HEADERS.get(plain, ())), *guesses, f"{plain}/{plain}.h")
        folders = (*folders, *_compiler_folders(plain), *(map(Path, python) if stem == "python3" else ()))
    guessed = [*dict.fromkeys(name for name in names if any((folder / name).is_file() for folder in folders))]
    more = [] if stem in C_LIBRARIES or stem in _HEADERS else listed
    texts = dict.fromkeys(_including(files) for files in ([*dict.fromkeys([*guessed, *more])], guessed) if files)
    return Included(tuple(texts), tuple(str(folder) for folder in folders[len(FOLDERS) :]))


def _including(files: Sequence[str]) -> str:
    return "#define _GNU_SOURCE 1\n" + "".join(f"#include <{name}>\n" for name in files)


def _packaged(stem: str) -> tuple[str, list[str]]:
    """The full name of the library that a development package of Debian has, and that package's headers; none where
    they are too many to belong together."""
    link, longer = (
        re.compile(rf"/lib({re.escape(stem)})\.so$", re.M),
        re.compile(rf"/lib({re.escape(stem)}-[-.\w]*)\.so$", re.M),
    )
    lists = [text for path in sorted(_DEBIAN.glob("*-dev*.list")) if (text := _read(path))]
    for pattern in (link, longer):
        for text in lists:
            found = pattern.search(text)
            if found:
                files = re.findall(r"^/usr/include/(.*\.h)$", text, re.M)
                return found[1], files if len(files) <= HEADER_BOUND else []
    return "", []


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace")
    except OSError:
        return ""


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
