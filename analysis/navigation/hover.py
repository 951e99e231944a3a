"""Hover across the boundary.

On a Python use: the C signature, its comment, where it is defined, and the types that Python declares. On a C function:
the Python names that call it, and how often.
"""

from __future__ import annotations

from collections.abc import Mapping

from gnomon.analysis.boundary.binding import Binding
from gnomon.analysis.boundary.edges import Boundary
from gnomon.analysis.navigation.target import Position, native_at, python_at, python_uses
from gnomon.analysis.syntax.csource import SourceFacts
from gnomon.analysis.workspace import Snapshot


def hover(snapshot: Snapshot, boundary: Boundary, facts: Mapping[str, SourceFacts], at: Position) -> str:
    """Markdown; empty when the name does not cross the boundary."""
    crossing = python_at(boundary, at)
    if crossing:
        return "\n\n---\n\n".join(_native_side(snapshot, b, facts) for b in crossing)
    return "\n\n".join(_python_side(snapshot, b) for b in native_at(boundary, at))


def _native_side(snapshot: Snapshot, binding: Binding, facts: Mapping[str, SourceFacts]) -> str:
    shown = binding.signature or binding.native or binding.python
    parts = [f"```c\n{shown}\n```"]
    comment = _comment(binding, facts) or binding.doc
    if comment:
        parts.append(comment)
    if binding.definition is not None:
        place = f"{snapshot.relative(binding.definition.path)}:{binding.definition.line}"
        parts.append(f"defined in `{place}`" + (" (from debug information)" if binding.truth == "dwarf" else ""))
    elif binding.kind == "ctypes":
        library = f" of `{binding.library}`" if binding.library else ""
        parts.append(f"`{binding.native}`{library} has no source in the workspace")
    if binding.argtypes is not None:
        parts.append(f"argtypes `[{', '.join(t.text for t in binding.argtypes)}]`")
    elif binding.kind == "ctypes":
        parts.append("argtypes are not declared")
    if binding.restype is not None:
        parts.append(f"restype `{binding.restype.text}`")
    return "\n\n".join(parts)


def _comment(binding: Binding, facts: Mapping[str, SourceFacts]) -> str:
    """The text of the function's comment, without its marks; its declaration's where the definition has none."""
    found = [f.comment for unit in facts.values() for f in unit.functions if f.key == binding.native_key and f.comment]
    if not found or not binding.native_key:
        return ""
    lines = [line.strip() for line in found[0].removeprefix("/*").removesuffix("*/").splitlines()]
    return "\n".join(line.lstrip("/*!<").strip() for line in lines).strip()


def _python_side(snapshot: Snapshot, binding: Binding) -> str:
    count = len(python_uses(snapshot, binding))
    uses = "1 use" if count == 1 else f"{count} uses"
    return f"called from Python as `{binding.python}` ({uses})"
