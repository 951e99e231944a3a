"""Parsers of arguments that Argument Clinic wrote: what they accept, read from their text."""

from __future__ import annotations

import re
from dataclasses import dataclass

_COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.S)
_BRANCH = re.compile(r"\b(?:return|if|else|while|for|do|switch|goto|case)\b")
_DIRECTIVE = re.compile(r"^[ \t]*#.*$", re.M)
_POSITIONAL = re.compile(
    r'if\s*\(\s*!\s*_PyArg_CheckPositional\(\s*"[^"\n]*"\s*,\s*nargs\s*,\s*(\d+)\s*,\s*(\d+)\s*\)\s*\)\s*'
    r"\{?\s*(?:goto exit|return NULL|return -1);"
)
_KEYWORDS = re.compile(
    r"\b(\w+)\s*=\s*\w*_PyArg_UnpackKeywords\(\s*"
    r"(?:args\s*,\s*nargs\s*,\s*NULL\s*,\s*kwnames|_PyTuple_CAST\(args\)->ob_item\s*,\s*nargs\s*,\s*kwargs\s*,\s*NULL)"
    r"\s*,\s*&_parser\s*,\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)\s*,\s*(?:0\s*,\s*)?argsbuf\s*\)\s*;\s*"
    r"if\s*\(\s*!\s*\1\s*\)\s*\{?\s*(?:goto exit|return NULL|return -1);"
)
_NAMES = re.compile(r"\b_keywords\[\]\s*=\s*\{([^{}]*)\}\s*;")
_NAME = re.compile(r'"([^"\\\n]*)"')


@dataclass(frozen=True, slots=True)
class ClinicParser:
    """Counts of arguments; `names` of all of them, empty where one has none."""

    required: int
    positional: int
    names: tuple[str, ...]


def clinic_parser(text: str) -> ClinicParser | None:
    """Of the text of a function; None when it is not written so, or does something else first."""
    text = _DIRECTIVE.sub("", _COMMENT.sub(" ", text))
    positional, keywords = _POSITIONAL.search(text), _KEYWORDS.search(text)
    if positional is not None and keywords is None:
        least, most = int(positional[1]), int(positional[2])
        return ClinicParser(least, most, ()) if _is_first(text, positional) else None
    listed = _NAMES.findall(text)
    if keywords is None or positional is not None or len(listed) != 1 or not _is_first(text, keywords):
        return None
    names, words = tuple(_NAME.findall(listed[0])), [word.strip() for word in listed[0].split(",")]
    least, most, least_named = (int(number) for number in keywords.groups()[1:])
    if words[-1] != "NULL" or len(words) != len(names) + 1 or most > len(names):
        return None
    if least_named and least != most:  # the required ones are not those at the beginning
        return None
    return ClinicParser(least + least_named, most, names)


def _is_first(text: str, found: re.Match[str]) -> bool:
    """Is it the only parser, and does nothing happen before it that could leave the function?"""
    return text.count("_PyArg_") == found[0].count("_PyArg_") + text.count("_PyArg_Parser") and not _BRANCH.search(
        text[: found.start()].partition("{")[2]
    )
