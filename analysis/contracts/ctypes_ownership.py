"""Memory that Python is given and can no longer free."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gnomon.analysis.boundary.capi import functions_by_key
from gnomon.analysis.checking.finding import Fix, TextEdit
from gnomon.analysis.contracts.contradiction import Contradiction, Subject
from gnomon.analysis.contracts.ctypes_spelling import spelled_in
from gnomon.analysis.contracts.fresh_memory import MAKERS, returns_fresh_memory
from gnomon.analysis.syntax.tree import Source, parse_c


def check(subject: Subject) -> Iterator[Contradiction]:
    """A `restype` of `c_char_p` or `c_wchar_p` for a function that returns fresh memory on every path.

    ctypes copies the text and drops the pointer: nobody can free it. With `c_void_p`, Python holds the pointer.

    Example: `lib.ring_name.restype = c_char_p` for `char *ring_name(ring *r) { return strdup(r->name); }`.
    """
    functions, sources = functions_by_key(subject.sources.values()), dict[str, Source]()
    if any(name in MAKERS for name in (f.name for f in functions.values() if f.is_definition)):
        return  # the project has its own meaning of those names
    for binding in subject.boundary.bindings:
        result = binding.restype
        function = None if binding.is_redeclared else functions.get(binding.native_key)
        if result is None or result.text not in ("c_char_p", "c_wchar_p") or function is None or result.at is None:
            continue
        if function.path not in sources:
            sources[function.path] = parse_c(function.path, subject.snapshot.text(function.path))
        if not function.is_definition or not returns_fresh_memory(function, sources[function.path]):
            continue
        text = f"`{binding.native}` returns memory that its caller must free, and `{result.text}` loses the pointer"
        found = Contradiction(
            "contract.restype", text, result.at, binding.native, binding.python, binding.definition, "warning"
        )
        at, name = result.at, spelled_in(subject.snapshot.text(result.at.path), "c_void_p")
        path = subject.snapshot.relative(at.path)
        edits = (TextEdit(path, at.line, at.column, at.end_line, at.end_column, name),) if name else ()
        yield replace(found, fixes=(Fix(f"Declare it as {name}", edits),) if edits else ())
