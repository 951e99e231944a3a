"""Right C code of others, fetched for measuring: Debian's source packages and PyPI's source distributions.

Debian's lists go to a folder of their own, so nothing of this machine's apt is changed, and no rights are needed. Only
the upstream archive is unpacked, without Debian's patches. Nothing of it is run.
"""

from __future__ import annotations

import re
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path

from pypi import download

KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"
SECONDS = 600


@dataclass(frozen=True, slots=True)
class Library:
    """What is checked of a package: the files that match, with these flags. `origin` is "debian" or "pypi"."""

    name: str
    origin: str
    files: tuple[str, ...]
    left_out: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()


LIBRARIES = (
    Library("zlib", "debian", ("*.c",), flags=("-D_LARGEFILE64_SOURCE=1", "-DHAVE_UNISTD_H")),
    Library("cjson", "debian", ("cJSON.c", "cJSON_Utils.c")),
    Library("lua5.4", "debian", ("src/*.c",), ("src/luac.c",), ("-DLUA_USE_POSIX",)),
    Library("libyaml", "debian", ("src/*.c",), flags=("-Iinclude", "-Isrc", '-DYAML_VERSION_STRING="0.2.5"',
            "-DYAML_VERSION_MAJOR=0", "-DYAML_VERSION_MINOR=2", "-DYAML_VERSION_PATCH=5")),
    Library("bitarray", "pypi", ("bitarray/*.c",)),
    Library("sqlcipher3", "pypi", ("vendor/sqlite3.c",)),  # the whole of sqlite in one file; without a codec, plain
)  # fmt: skip


def named(names: list[str]) -> list[Library]:
    return [library for library in LIBRARIES if not names or library.name in names]


def fetch(library: Library, folder: Path) -> Path:
    """The unpacked sources of a library, below a folder that keeps them."""
    target = folder / library.name
    if not target.exists():
        target.mkdir(parents=True)
        if library.origin == "debian":
            _unpack(_debian(library.name, folder / "debian"), target)
        else:
            download(library.name, target, is_isolated=False)
    return next(path for path in target.iterdir() if path.is_dir())


def sources_of(library: Library, root: Path) -> list[Path]:
    left_out = {path for pattern in library.left_out for path in root.glob(pattern)}
    return sorted(path for pattern in library.files for path in root.glob(pattern) if path not in left_out)


def _debian(name: str, folder: Path) -> Path:
    """The upstream archive of a source package."""
    for kept in ("lists/partial", "cache/archives/partial"):
        (folder / kept).mkdir(parents=True, exist_ok=True)
    suite = _suite()
    listed = folder / "sources.list"
    listed.write_text(f"deb-src [signed-by={KEYRING}] http://deb.debian.org/debian {suite} main\n")
    options = [
        *("-o", f"Dir::Etc::sourcelist={listed}", "-o", "Dir::Etc::sourceparts=-"),
        *("-o", f"Dir::State::lists={folder}/lists", "-o", f"Dir::Cache={folder}/cache"),
    ]
    if not any((folder / "lists").glob("*Sources*")):
        subprocess.run(["apt-get", *options, "-qq", "update"], check=True, timeout=SECONDS)
    command = ["apt-get", *options, "-qq", "source", "--download-only", name]
    subprocess.run(command, check=True, cwd=folder, timeout=SECONDS)
    return next(folder.glob(f"{name}_*.orig.tar.*"))


def _suite() -> str:
    match = re.search(r"^VERSION_CODENAME=(\w+)", Path("/etc/os-release").read_text(), re.M)
    return match[1] if match else "stable"


def _unpack(archive: Path, folder: Path) -> None:
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
