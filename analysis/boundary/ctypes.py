"""ctypes' types as Python declares them: of arguments and results, and the fields of structures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gnomon.analysis.boundary.binding import DeclaredType, Span
from gnomon.analysis.boundary.calls import PROTOTYPES
from gnomon.analysis.boundary.names import Names
from gnomon.analysis.boundary.tables import is_known, rows
from gnomon.analysis.boundary.values import External, Made, PythonClass
from gnomon.analysis.syntax.python import PythonModule, Scope, loops_around
from gnomon.analysis.syntax.tree import Source, descendants
from tree_sitter import Node

# bits and sign of ctypes' integers where int has 32 bits and long 64
_INTEGERS: dict[str, tuple[int, bool]] = {
    "c_bool": (1, False), "c_byte": (8, True), "c_ubyte": (8, False), "c_char": (8, True), "c_short": (16, True),
    "c_ushort": (16, False), "c_int": (32, True), "c_uint": (32, False), "c_long": (64, True), "c_ulong": (64, False),
    "c_longlong": (64, True), "c_ulonglong": (64, False), "c_size_t": (64, False), "c_ssize_t": (64, True),
    "c_time_t": (64, True), "c_wchar": (32, True), "c_int8": (8, True), "c_int16": (16, True), "c_int32": (32, True),
    "c_int64": (64, True), "c_uint8": (8, False), "c_uint16": (16, False), "c_uint32": (32, False),
    "c_uint64": (64, False),
}  # fmt: skip
_FLOATS = {"c_float": 32, "c_double": 64, "c_longdouble": 128}


def type_list(node: Node, scope: Scope, names: Names) -> tuple[DeclaredType, ...] | None:
    """The types of a literal list or tuple, here or behind a name, or of one that a loop over a table fills; None when
    the list is computed."""
    rest = names.rest_for(node, scope)
    if rest is not None:
        return types_of(rest[0], rest[1], names)
    literal, home = names.written(node, scope)
    if literal.type not in ("list", "tuple"):
        return None
    items = [child for child in literal.named_children if child.type != "comment"]
    changes = _changes(node, scope, names)
    if not changes:
        return types_of(items, home, names)
    return _appended(changes[0], literal, names, home) if len(changes) == 1 and not items else None


def types_of(items: Sequence[Node], scope: Scope, names: Names) -> tuple[DeclaredType, ...] | None:
    found: list[DeclaredType] = []
    for item in items:
        if item.type in ("keyword_argument", "dictionary_splat", "ERROR"):
            return None
        inside = type_list(item.named_children[0], scope, names) if item.type == "list_splat" else None
        if item.type == "list_splat" and inside is None:
            return None
        if inside is not None:
            found += inside
            continue
        found.append(_placed(item, scope, names))
    return tuple(found)


def _changes(node: Node, scope: Scope, names: Names) -> list[Node]:
    """What may change the list that a name holds: calls of its methods, calls that it is passed to, new items."""
    home = names.home(node, scope)
    if home is None:
        return []
    source, found = home.module.source, []
    name = source.spelling(node) if scope.module is home.module else scope.module.source.spelling(node)
    for use in descendants(home.node):
        above = use.parent
        if use.type != "identifier" or above is None or source.spelling(use) != name:
            continue
        if above.type == "attribute" and above.child_by_field_name("object") == use:
            found.append(above)
        elif above.type == "argument_list":
            found += [] if _is_copied(above, source) else [above]
        elif above.type == "subscript":
            statement = above.parent
            found += [above] if statement is not None and statement.child_by_field_name("left") == above else []
    return found


def _is_copied(arguments: Node, source: Source) -> bool:
    """Is the call one of `tuple(types)` and its like, which leave their argument alone?"""
    called = arguments.parent.child_by_field_name("function") if arguments.parent is not None else None
    return called is not None and source.spelling(called) in ("tuple", "list", "len", "print", "zip", "enumerate")


def _appended(change: Node, literal: Node, names: Names, home: Scope) -> tuple[DeclaredType, ...] | None:
    """The types that `name.append(...)`, in each round of a loop over a table behind `name = []`, puts in."""
    source, call = home.module.source, change.parent
    arguments = call.child_by_field_name("arguments") if call is not None and call.type == "call" else None
    loops = loops_around(change, home)
    if arguments is None or call is None or len(loops) != 1 or len(arguments.named_children) != 1:
        return None
    is_append = source.spelling(change).endswith(".append") and call.parent is not None
    body, assignment = loops[0].child_by_field_name("body"), literal.parent
    is_always = is_append and call.parent is not None and call.parent.parent == body
    statement = assignment.parent if assignment is not None else None
    is_always = is_always and statement is not None and statement.parent == loops[0].parent
    if not is_always or loops[0].type != "for_statement" or not is_known(loops[0], home, names):
        return None
    runs = [names.given(values, {}, names.place) for values, _ in rows(loops[0], home, names)]
    return tuple(_placed(arguments.named_children[0], home, run) for run in runs)


def _placed(item: Node, scope: Scope, names: Names) -> DeclaredType:
    """A type with the place where it is written, which may be a call of a helper."""
    written, home = names.passed(item, scope)
    return replace(declared_type(item, scope, names), at=home.module.source.span(written))


def declared_type(node: Node, scope: Scope, names: Names) -> DeclaredType:
    """The ctypes type that an expression stands for; of kind "unknown" when that is not certain."""
    node, scope = names.passed(node, scope)
    text = " ".join(scope.module.source.spelling(node).split())
    if node.type == "none":
        return DeclaredType("None", "void")
    if node.type == "binary_operator":
        element, sign = node.child_by_field_name("left"), node.child_by_field_name("operator")
        if element is not None and sign is not None and sign.type == "*":
            return DeclaredType(text, "pointer", pointee=declared_type(element, scope, names).text)
        return DeclaredType(text, "unknown")
    match names.evaluate(node, scope):
        case External(name) if name.startswith("ctypes."):
            return simple_type(name.removeprefix("ctypes."))
        case Made(callee, call, made_in) if callee.startswith("ctypes."):
            return _constructed(callee.removeprefix("ctypes."), call, made_in, names, text)
        case PythonClass(inner) if _is_structure(inner, names):
            return DeclaredType(inner.name.rsplit(".", 1)[-1], "structure")
    return DeclaredType(text, "unknown")


def simple_type(name: str) -> DeclaredType:
    """A type of ctypes by its name."""
    name = name.removeprefix("wintypes.")
    if name in _INTEGERS:
        bits, signed = _INTEGERS[name]
        return DeclaredType(name, "integer", bits, signed)
    if name in _FLOATS:
        return DeclaredType(name, "float", _FLOATS[name], True)
    match name:
        case "c_char_p":
            return DeclaredType(name, "string")
        case "c_void_p" | "c_wchar_p":
            return DeclaredType(name, "pointer", pointee="void" if name == "c_void_p" else "c_wchar")
        case "py_object":
            return DeclaredType(name, "object")
    return DeclaredType(name, "unknown")


def _constructed(maker: str, call: Node, scope: Scope, names: Names, text: str) -> DeclaredType:
    arguments = call.child_by_field_name("arguments")
    first = arguments.named_children[0] if arguments is not None and arguments.named_children else None
    if maker == "POINTER" and first is not None:
        pointee = declared_type(first, scope, names).text
        return DeclaredType(f"POINTER({pointee})", "pointer", pointee=pointee)
    if maker in PROTOTYPES and arguments is not None:
        given = [child for child in arguments.named_children if child.type not in ("comment", "keyword_argument")]
        is_plain = not any(child.type == "list_splat" for child in given)
        parts = tuple(declared_type(child, scope, names) for child in given) if is_plain else ()
        return DeclaredType(text, "callback", parts=parts)
    return DeclaredType(text, "unknown")


def _is_structure(scope: Scope, names: Names) -> bool:
    """Is a class made from one of ctypes' structures, directly or not? Half-typed classes may inherit from each other
    in a circle."""
    seen: list[Scope] = []
    waiting = [scope]
    while waiting:
        current = waiting.pop()
        bases, outer = current.node.child_by_field_name("superclasses"), current.parent
        if bases is None or outer is None or any(current is other for other in seen):
            continue
        if _structure_base(current, names):
            return True
        seen.append(current)
        inherited = [names.evaluate(base, outer) for base in bases.named_children]
        waiting += [value.scope for value in inherited if isinstance(value, PythonClass)]
    return False


def _structure_base(scope: Scope, names: Names) -> str:
    """The class of ctypes that a class is made from directly; empty for others, and for those with more bases."""
    bases = scope.node.child_by_field_name("superclasses")
    if bases is None or scope.parent is None or len(bases.named_children) != 1:
        return ""
    match names.evaluate(bases.named_children[0], scope.parent):
        case External(name) if name.removeprefix("ctypes.") in _STRUCTURES:
            return name.removeprefix("ctypes.")
    return ""


_STRUCTURES = frozenset(
    {"Structure", "Union", "LittleEndianStructure", "BigEndianStructure", "LittleEndianUnion", "BigEndianUnion"}
)


@dataclass(frozen=True, slots=True)
class StructureField:
    """A row of `_fields_`; `bits` is a bit field's width."""

    name: str
    type: DeclaredType
    bits: int = 0


@dataclass(frozen=True, slots=True)
class StructureDeclaration:
    """A Structure or Union class, for layout checks and views.

    `fields` is None where they are computed, inherited, or set in several ways; `packing` None where it is not known.
    """

    name: str  # dotted
    place: Span  # of the class's name
    base: str  # "Structure", "BigEndianUnion"
    fields: tuple[StructureField, ...] | None
    packing: int | None = 0  # 0: as C does


def structures(module: PythonModule, names: Names) -> list[StructureDeclaration]:
    """The ctypes structures that a module's classes declare, those in functions and other classes too."""
    found = []
    waiting = list(module.top.inner.values())
    while waiting:
        scope = waiting.pop()
        if scope.kind == "function" and b"class" not in module.source.text[scope.node.start_byte : scope.node.end_byte]:
            continue  # there is no need to read its statements
        waiting += scope.inner.values()
        if scope.kind != "class" or not _is_structure(scope, names):
            continue
        base, name = _structure_base(scope, names), scope.node.child_by_field_name("name") or scope.node
        fields = _fields(scope, module, names) if base else None
        place = module.source.span(name)
        found.append(StructureDeclaration(scope.name, place, base or "Structure", fields, _packing(scope, module)))
    return sorted(found, key=lambda s: (s.place.line, s.place.column))


def _fields(scope: Scope, module: PythonModule, names: Names) -> tuple[StructureField, ...] | None:
    """Of a literal list in the class, or of one assignment `Class._fields_ = [...]` behind it."""
    inside = [(bound.node, scope) for bound in scope.names.get("_fields_", [])]
    behind = [(value, module.top) for value in _set_behind(scope, module, "_fields_")]
    if len(inside) + len(behind) != 1 or any(b.kind != "value" for b in scope.names.get("_fields_", [])):
        return None
    listed, seen_from = (*inside, *behind)[0]
    if listed.type not in ("list", "tuple"):
        return None
    rows = [_field(row, seen_from, names) for row in listed.named_children if row.type != "comment"]
    return None if None in rows else tuple(row for row in rows if row is not None)


def _field(row: Node, scope: Scope, names: Names) -> StructureField | None:
    source = scope.module.source
    parts = [child for child in row.named_children if child.type != "comment"] if row.type == "tuple" else []
    name = source.string_value(parts[0]) if len(parts) in (2, 3) else None
    if name is None:
        return None
    width = source.spelling(parts[2]) if len(parts) == 3 else "0"
    return StructureField(name, declared_type(parts[1], scope, names), int(width)) if width.isdigit() else None


def _packing(scope: Scope, module: PythonModule) -> int | None:
    source = module.source
    bounds = scope.names.get("_pack_", [])
    if any(_set_behind(scope, module, "_pack_")) or len(bounds) > 1 or "_layout_" in scope.names:
        return None
    text = source.spelling(bounds[0].node) if bounds else "0"
    return int(text) if text.isdigit() else None


def _set_behind(scope: Scope, module: PythonModule, attribute: str) -> list[Node]:
    """The values of `Class.attribute = value` at the level of the module."""
    source, found = module.source, []
    class_name = scope.name.rsplit(".", 1)[-1]
    for statement in module.top.node.named_children:
        inner = statement.named_children[0] if statement.type == "expression_statement" else None
        if inner is None or inner.type != "assignment":
            continue
        target, value = inner.child_by_field_name("left"), inner.child_by_field_name("right")
        if target is not None and value is not None and source.spelling(target) == f"{class_name}.{attribute}":
            found.append(value)
    return found
