"""Interpreters beside the one that runs."""

from __future__ import annotations

import shutil
import sys

_SUFFIXES = ("-dbg", "d")  # as distributions name it, and as Python's own installation does


def debug_build() -> str:
    """A build of this version of Python whose assertions are on, which loads extensions of the usual one, too (since
    3.8). Empty where there is none, and where the one that runs is such a build."""
    if hasattr(sys, "gettotalrefcount"):
        return ""
    name = f"python{sys.version_info.major}.{sys.version_info.minor}"
    return next((found for suffix in _SUFFIXES if (found := shutil.which(name + suffix)) is not None), "")
