"""The options of a compiler's command line that change what C code means."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

_WITH_VALUE = frozenset({"-I", "-D", "-U", "-include", "-isystem", "-iquote", "-idirafter", "-x"})
_PATHS = ("-isystem", "-iquote", "-idirafter", "-include", "-I")
_WRAPPING = ("-fwrapv", "-fno-wrapv", "-fno-strict-overflow", "-fstrict-overflow")
_LAYOUT = ("-fshort-enums", "-fno-short-enums", "-fpack-struct", "-fsigned-char", "-funsigned-char")
_KEPT = (*_PATHS, "-D", "-U", "-std=", "-m32", *_LAYOUT, *_WRAPPING)


def meaningful(folder: str, words: Sequence[str]) -> list[str]:
    """Those options among `words`, as a compiler that runs anywhere else would need them: paths are made absolute."""
    kept: list[str] = []
    position = 0
    while position < len(words):
        word = words[position]
        position += 1
        if word in _WITH_VALUE and position < len(words):
            value = _absolute(folder, word, words[position])
            kept += [word + value] if len(word) == 2 else [word, value]
            position += 1
        elif word.startswith(_KEPT):
            option = next((o for o in _PATHS if word.startswith(o)), "")
            kept.append(option + _absolute(folder, option, word[len(option) :]) if option else word)
    return kept


def _absolute(folder: str, option: str, value: str) -> str:
    return os.path.normpath(Path(folder) / value) if option in _PATHS else value
