"""Compilers that keep debug information: some projects strip what they link, and reports would have no lines."""

from __future__ import annotations

import os
import shlex
import shutil
import sysconfig
from pathlib import Path

_NAMES = ("cc", "gcc", "c++", "g++", "clang", "clang++")
_COMPILER = """\
#!/bin/sh
for word in "$@"; do
    shift
    case "$word" in
        -s|-Wl,-s|-Wl,-S|-Wl,-x|-Wl,--strip-*|-Wl,--discard-*) ;;
        *) set -- "$@" "$word" ;;
    esac
done
exec {program} "$@"
"""
_STRIP = "#!/bin/sh\nexit 0\n"


def path_without_stripping(folder: Path) -> str:
    """The search path for programs, with such compilers first. They are written into the folder."""
    folder.mkdir()
    words = shlex.split(str(sysconfig.get_config_var("CC") or ""))
    for name in {*_NAMES, *words[:1]}:
        program = shutil.which(name, path=os.defpath)
        if program is not None and "/" not in name:
            _write(folder / name, _COMPILER.format(program=shlex.quote(program)))
    _write(folder / "strip", _STRIP)
    return os.pathsep.join((str(folder), os.defpath))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)
