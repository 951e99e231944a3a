"""Which modules declare ctypes functions, or may call a helper that does."""

from __future__ import annotations

from collections.abc import Mapping

from gnomon.analysis.syntax.interface import declares
from gnomon.analysis.syntax.python import PythonModule


def declaring_modules(modules: Mapping[str, PythonModule]) -> frozenset[str]:
    """Those that declare functions, and all that import one of them, however far away."""
    importers: dict[str, set[str]] = {}
    for name, module in modules.items():
        for imported in module.imported & modules.keys():
            importers.setdefault(imported, set()).add(name)
    found = {name for name, module in modules.items() if declares(module.source.text)}
    waiting = list(found)
    while waiting:
        for name in importers.get(waiting.pop(), set()) - found:
            found.add(name)
            waiting.append(name)
    return frozenset(found)
