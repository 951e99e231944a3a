"""Hover across the boundary.

On a Python use: the C signature, its comment, what it gives back and whose memory that is, where it is defined and
declared, and the types that Python declares. On a type of an extension: the slots it fills, with their functions, and
the size of its objects. On a ctypes structure: the C structure that it stands for, with offsets and padding. On a C
function: the Python names that call it, and how often. Where a name may mean several things, all that are C are shown.
On a C expression that is checked: whether each check was proved, refuted or is undecided, and why; on the name of a C
function, what it expects of its callers, where such latent failures are asked for.
"""

from __future__ import annotations

from gnomon.analysis.boundary.binding import Binding, Span
from gnomon.analysis.boundary.edges import covers
from gnomon.analysis.navigation.index import Index
from gnomon.analysis.navigation.modules import Parsed
from gnomon.analysis.navigation.ownership import gives_note
from gnomon.analysis.navigation.structures import layout_text, place_of, record_at
from gnomon.analysis.navigation.target import Position, native_at, python_at, python_uses
from gnomon.analysis.navigation.text import Lines
from gnomon.analysis.workspace import Snapshot

_UNCERTAIN = "One of the things that this name may mean here."


def hover(snapshot: Snapshot, index: Index, parsed: Parsed, at: Position) -> str:
    """Markdown; empty when the name does not cross the boundary."""
    crossing = python_at(index.boundary, at)
    if crossing:
        shown = "\n\n---\n\n".join(dict.fromkeys(native_side(snapshot, b, index) for b in crossing))
        return f"{shown}\n\n{_UNCERTAIN}" if any(_is_possible(b, at) for b in crossing) else shown
    record = record_at(snapshot, index, parsed, at)
    if record is not None:
        place = place_of(snapshot, record)
        return f"```c\n{layout_text(record)}\n```" + (f"\n\ndefined in {_place(snapshot, place)}" if place else "")
    lines = Lines(snapshot)
    return "\n\n".join(_python_side(b, snapshot, lines) for b in native_at(index.boundary, at))


def _is_possible(binding: Binding, at: Position) -> bool:
    return any(covers(use, at.path, at.line, at.column) for use in binding.possible_uses)


def native_side(snapshot: Snapshot, binding: Binding, index: Index) -> str:
    """What is behind a Python name, as Markdown."""
    shown = binding.signature or binding.native or binding.python
    parts = [f"```c\n{shown}\n```"]
    comment = comment_of(binding, index) or binding.doc
    parts += [comment] if comment else []
    note = gives_note(snapshot, binding, index.function(binding.native_key))
    parts += [note] if note else []
    if binding.kind == "type":
        parts += _type(binding, index)
    if binding.definition is not None:
        place = _place(snapshot, binding.definition)
        parts.append(f"defined in {place}" + (" (from debug information)" if binding.truth == "dwarf" else ""))
    elif binding.kind == "ctypes":
        library = f" of `{binding.library}`" if binding.library else ""
        parts.append(f"`{binding.native}`{library} has no source in the workspace")
    if binding.declared is not None:
        parts.append(f"declared in {_place(snapshot, binding.declared)}")
    if binding.argtypes is not None:
        parts.append(f"argtypes `[{', '.join(t.text for t in binding.argtypes)}]`")
    elif binding.kind == "ctypes":
        parts.append("argtypes are not declared")
    if binding.restype is not None:
        parts.append(f"restype `{binding.restype.text}`")
    return "\n\n".join(parts)


def comment_of(binding: Binding, index: Index) -> str:
    """The text of the function's comment, without its marks; its declaration's where the definition has none."""
    places = index.places.get(binding.native_key, []) if binding.native_key else []
    comments = [f.comment for f in sorted(places, key=lambda f: not f.is_definition) if f.comment]
    if not comments:
        return ""
    lines = [line.strip() for line in comments[0].removeprefix("/*").removesuffix("*/").splitlines()]
    return "\n".join(line.lstrip("/*!<").strip() for line in lines).strip()


def _type(binding: Binding, index: Index) -> list[str]:
    rows = []
    for slot, key in binding.slots:
        function = index.function(key)
        rows.append(f"- `{slot}`: `{function.name if function is not None else key}`")
    size = [f"objects of {binding.size} bytes"] if binding.size else []
    return [*size, *(["\n".join(rows)] if rows else [])]


def _place(snapshot: Snapshot, span: Span) -> str:
    return f"`{snapshot.relative(span.path)}:{span.line}`"


def _python_side(binding: Binding, snapshot: Snapshot, lines: Lines) -> str:
    count = len(python_uses(snapshot, binding, lines))
    uses = "1 use" if count == 1 else f"{count} uses"
    if binding.kind == "type":
        return f"known to Python as `{binding.python}` ({uses})"
    return f"called from Python as `{binding.python}` ({uses})"
