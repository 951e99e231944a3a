"""The truth of last resort: what installed headers declare, for functions of libraries without sources and debug
information."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from gnomon.analysis.boundary.binding import Binding, Span
from gnomon.analysis.syntax.csource import CFunction

Declarations = Callable[[str, Sequence[str]], Iterable[CFunction]]  # a C text, and the names wanted

FOLDERS = (Path("/usr/include"), Path("/usr/local/include"), Path("/usr/include/x86_64-linux-gnu"))
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
_HEADERS = {"z": ("zlib.h",), "ssl": ("openssl/ssl.h",), "crypto": ("openssl/evp.h", "openssl/sha.h", "openssl/err.h")}


class Headers:
    """Remembers what it has asked for: headers are installed once, and parsing all of them takes a while."""

    def __init__(self, declarations: Declarations) -> None:
        self._declarations = declarations
        self._known: dict[tuple[str, str], CFunction | None] = {}  # by library and name; lives as long as self

    def applied(self, bindings: Sequence[Binding]) -> tuple[Binding, ...]:
        """The edges, with the types of headers where nothing better was known. Each library has its own headers."""
        wanted: dict[str, set[str]] = {}
        for binding in bindings:
            key = (_stem(binding.library), binding.native)
            if _is_open(binding) and key not in self._known:
                wanted.setdefault(key[0], set()).add(binding.native)
        for stem, names in wanted.items():
            self._known.update({(stem, name): None for name in names})
            text = _including(stem)
            for function in self._declarations(text, sorted(names)) if text else ():
                self._known[stem, function.name] = function
        return tuple(_declared(b, self._known.get((_stem(b.library), b.native))) for b in bindings)


def _is_open(binding: Binding) -> bool:
    return binding.kind == "ctypes" and binding.truth == "none" and bool(binding.library)


def _declared(binding: Binding, function: CFunction | None) -> Binding:
    if function is None or not _is_open(binding):
        return binding
    end = function.column + len(function.name.encode())
    place = Span(function.path, function.line, function.column, function.line, end)
    return replace(binding, truth="header", signature=function.signature, type=function.type, definition=place)


def _stem(library: str) -> str:
    """ "usb-1.0" of "libusb-1.0.so.0"."""
    return Path(library).name.split(".so")[0].removeprefix("lib")


def _including(stem: str) -> str:
    """A C text that includes a library's headers; empty when none is installed under a name that says so."""
    if stem in _C_LIBRARIES:
        names: Iterable[str] = (f"{name}.h" for name in _STANDARD)
    else:
        plain = stem.split("-")[0]
        names = (*_HEADERS.get(stem, ()), f"{stem}.h", f"{plain}.h", f"lib{stem}/lib{plain}.h", f"{plain}/{plain}.h")
    existing = [name for name in names if any((folder / name).is_file() for folder in FOLDERS)]
    return "#define _GNU_SOURCE 1\n" + "".join(f"#include <{name}>\n" for name in existing) if existing else ""
