"""What Python code says of native code: the ctypes functions it names and declares, and its uses of extensions.

A function of the code, and of what its names stand for, so that it can be kept until one of them changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from gnomon.analysis.boundary.binding import Binding, DeclaredType, Span
from gnomon.analysis.boundary.cffi import CffiUses, read_cffi
from gnomon.analysis.boundary.ctypes import StructureDeclaration, declared_type, type_list
from gnomon.analysis.boundary.ctypes_objects import CtypesObjects, PrototypeUse, read_objects
from gnomon.analysis.boundary.given import instances
from gnomon.analysis.boundary.names import Names
from gnomon.analysis.boundary.values import External, Library, Made, NativeFunction, PythonFunction, Value, alternatives
from gnomon.analysis.syntax.python import Expression, Scope
from gnomon.analysis.syntax.tree import Source
from tree_sitter import Node


@dataclass(frozen=True, slots=True)
class Mention:
    """A place that names a ctypes function, or declares it."""

    function: NativeFunction
    use: Span | None = None
    is_possible: bool = False  # the place may mean something else
    argtypes: tuple[DeclaredType, ...] | None = None
    restype: DeclaredType | None = None
    declared: Span | None = None


@dataclass(frozen=True, slots=True)
class PythonUses:
    mentions: tuple[Mention, ...] = ()
    cffi: CffiUses = field(default_factory=CffiUses)
    external: tuple[tuple[str, Span], ...] = ()  # dotted names of what extensions provide, and where they are used
    possible: tuple[tuple[str, Span], ...] = ()  # the same for places that may mean them, or something else
    structures: tuple[StructureDeclaration, ...] = ()
    objects: CtypesObjects = field(default_factory=CtypesObjects)


def uses_of(expressions: Iterable[Expression], names: Names) -> PythonUses:
    """Everything that expressions say of native code, as far as it is certain; structures are the module's."""
    mentions: list[Mention] = []
    external: list[tuple[str, Span]] = []
    possible: list[tuple[str, Span]] = []
    prototypes: list[PrototypeUse] = []
    listed = list(expressions)
    for expression in listed:
        node, scope = expression.node, expression.scope
        if node.type == "assignment":
            mentions += _declarations(node, scope, names)
            continue
        if node.type == "function_definition":
            mentions += _wrapped(node, scope, names)
            continue
        for instance in instances(node, scope, names):
            for inner, inside in instance.assignments:
                mentions += _declarations(inner, inside, instance.names)
            if instance.calls:
                run = read_objects(instance.calls, instance.names)
                prototypes += run.prototypes
        if node.type == "for_statement":
            continue
        if is_field(node):
            continue
        value = names.evaluate(node, scope)
        named = use_name(node, scope.module.source) or _argument_that_names(node, value, scope.module.source)
        if named is None:
            continue
        if (value is None or isinstance(value, PythonFunction)) and node.type in ("identifier", "attribute"):
            possible += ((name, scope.module.source.span(named)) for name in _possible(node, named, scope, names))
        match value:
            case NativeFunction() as function:
                mentions.append(Mention(function, scope.module.source.span(named), function.is_alternative))
            case External(name) if name in names.native:
                external.append((name, scope.module.source.span(named)))
            case Made(name) if node.type == "call" and name in names.native:
                external.append((name, scope.module.source.span(named)))
    calls = [(e.node, e.scope) for e in listed if e.node.type in ("call", "attribute")]
    cffi, objects = read_cffi(calls, names), read_objects(calls, names)
    objects = replace(objects, prototypes=(*objects.prototypes, *prototypes))
    return PythonUses(tuple(mentions), cffi, tuple(external), tuple(possible), objects=objects)


def _possible(node: Node, named: Node, scope: Scope, names: Names) -> Iterator[str]:
    """What an expression may mean of what extensions provide, where it is not certain that it does."""
    if scope.module.source.spelling(named) not in names.native_parts and not _is_called_by_another_name(node):
        return
    for value in alternatives(names.widened().evaluate(node, scope)):
        if isinstance(value, External) and value.name in names.native:
            yield value.name


def _is_called_by_another_name(node: Node) -> bool:
    """Is it a plain name that is called? It may be an argument or variable that holds a function."""
    above = node.parent
    return (
        node.type == "identifier"
        and above is not None
        and above.type == "call"
        and above.child_by_field_name("function") == node
    )


@dataclass(slots=True)
class _Found:
    """One native function, while its mentions are gathered."""

    python: str
    library: str
    native: str
    uses: list[Span] = field(default_factory=list)
    possible: list[Span] = field(default_factory=list)
    argtypes: tuple[DeclaredType, ...] | None = None
    restype: DeclaredType | None = None
    declared: Span | None = None
    is_prototyped: bool = False
    listed: list[tuple[DeclaredType, ...] | None] = field(default_factory=list)  # each time that argtypes are set
    results: list[DeclaredType] = field(default_factory=list)


def ctypes_bindings(parts: Iterable[PythonUses]) -> list[Binding]:
    """A binding for each native function that the modules name, in order of first use."""
    found: dict[tuple[str, str], _Found] = {}
    mentions = [mention for part in parts for mention in part.mentions]
    holders = _holders(mention.function.library for mention in mentions)
    for mention in mentions:
        library = mention.function.library
        holder = (holders.get(library.text) if library.is_local else "") or library.name or library.text
        new = _Found(f"{holder}.{mention.function.name}", library.text, mention.function.name)
        entry = found.setdefault((holder, mention.function.name), new)
        entry.is_prototyped |= mention.function.is_prototyped
        if mention.use is not None:
            (entry.possible if mention.is_possible else entry.uses).append(mention.use)
            continue
        if mention.restype is None:
            entry.argtypes, entry.declared = mention.argtypes, mention.declared
            entry.listed.append(mention.argtypes)
        else:
            entry.restype, entry.declared = mention.restype, entry.declared or mention.declared
            entry.results.append(mention.restype)
    return [
        Binding(
            python=f.python,
            kind="ctypes",
            native=f.native,
            declared=f.declared,
            uses=tuple(dict.fromkeys(f.uses)),
            possible_uses=tuple(dict.fromkeys(f.possible)),
            library=f.library,
            argtypes=f.argtypes,
            restype=f.restype,
            is_prototyped=f.is_prototyped,
            is_redeclared=len(set(f.listed)) > 1 or len(set(f.results)) > 1,
        )
        for f in found.values()
    ]


def _holders(libraries: Iterable[Library]) -> dict[str, str]:
    """The one name that each file's library has outside of functions: a loader's local variable is the same library."""
    found: dict[str, set[str]] = {}
    for library in libraries:
        if library.text and library.name and not library.is_local:
            found.setdefault(library.text, set()).add(library.name)
    return {text: names.pop() for text, names in found.items() if len(names) == 1}


def use_name(node: Node, source: Source) -> Node | None:
    """The part of an expression that names a member: `push` of `lib.push`, `lib["push"]`, `getattr(lib, "push")`."""
    match node.type:
        case "identifier":
            return node
        case "attribute":
            return node.child_by_field_name("attribute")
        case "subscript":
            return source.string_content(node.child_by_field_name("subscript"))
        case "call":
            function, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
            if function is None or arguments is None:
                return None
            if source.spelling(function) != "getattr":
                return _prototyped_name(source, arguments)
            return source.string_content(arguments.named_children[1]) if len(arguments.named_children) >= 2 else None
    return None


def _prototyped_name(source: Source, arguments: Node) -> Node | None:
    """The string of `prototype(("push", lib))`."""
    first = arguments.named_children[0] if arguments.named_children else None
    if first is None or first.type != "tuple" or len(first.named_children) != 2:
        return None
    return source.string_content(first.named_children[0])


def _argument_that_names(node: Node, value: Value | None, source: Source) -> Node | None:
    """The string of `bind("push", ...)`, a helper that gives the function of that name."""
    arguments = node.child_by_field_name("arguments")
    if not isinstance(value, NativeFunction) or arguments is None:
        return None
    given = [(n, source.string_value(n)) for n in arguments.named_children]
    named = [n for n, text in given if text == value.name]
    named = named or [n for n, text in given if text and value.name.endswith(text)]  # helpers put a prefix before it
    return source.string_content(named[0]) if len(named) == 1 else None


def is_field(node: Node) -> bool:
    """Is the identifier only the name after a dot, a keyword argument's name, or a name being defined or imported?"""
    above = node.parent
    if node.type != "identifier" or above is None:
        return False
    match above.type:
        case "attribute":
            return above.child_by_field_name("attribute") == node
        case "keyword_argument" | "function_definition" | "class_definition" | "named_expression":
            return above.child_by_field_name("name") == node
        case "assignment":
            return above.child_by_field_name("left") == node
    return False


def _declarations(node: Node, scope: Scope, names: Names) -> Iterator[Mention]:
    """What `f.argtypes = ...` and `f.restype = ...` in an assignment say."""
    for target, value in _assigned(node):
        if target.type != "attribute":
            continue
        source = scope.module.source
        what = target.child_by_field_name("attribute")
        kind = source.spelling(what) if what is not None else ""
        if kind not in ("argtypes", "restype"):
            continue
        holder = target.child_by_field_name("object")
        function = names.evaluate(holder, scope)
        if holder is None or not isinstance(function, NativeFunction):
            continue
        given_by = None if _is_named_at(holder, function.name, scope, names) else names.place
        place = given_by or source.span(node)
        if kind == "restype":
            at = None if given_by or names.passed(value, scope)[0] is not value else source.span(value)
            yield Mention(function, restype=replace(declared_type(value, scope, names), at=at), declared=place)
        else:
            yield Mention(function, argtypes=type_list(value, scope, names), declared=place)


def _is_named_at(holder: Node, name: str, scope: Scope, names: Names) -> bool:
    """Is the function named where it is declared, and not by the row or call that this run is of?"""
    node, home = names.written(holder, scope)
    named = node.child_by_field_name("attribute") if node.type == "attribute" else None
    return named is not None and home is scope and scope.module.source.spelling(named) == name


def _wrapped(node: Node, scope: Scope, names: Names) -> Iterator[Mention]:
    """What the annotations below `@wrap_dll_function(lib)` say; parameters without one are skipped, as CPython does."""
    outer, name = scope.parent, node.child_by_field_name("name")
    library = names.wrapped(node, outer) if outer is not None else None
    parameters, result = node.child_by_field_name("parameters"), node.child_by_field_name("return_type")
    if library is None or outer is None or name is None or parameters is None or result is None:
        return
    source = scope.module.source
    function = NativeFunction(library, source.spelling(name))
    listed = [child for child in parameters.named_children if child.type != "comment"]
    if any(child.type not in ("identifier", "typed_parameter") for child in listed):
        return
    types = [kind for child in listed if (kind := child.child_by_field_name("type")) is not None]
    declared = tuple(declared_type(kind.named_children[0], outer, names) for kind in types if kind.named_children)
    place = source.span(name)
    yield Mention(function, argtypes=declared, declared=place)
    yield Mention(function, restype=declared_type(result.named_children[0], outer, names), declared=place)


def _assigned(node: Node) -> Iterator[tuple[Node, Node]]:
    """Targets and their values: of `a = b = value` the target of this assignment, of `a, b = x, y` each pair."""
    target, value = node.child_by_field_name("left"), node.child_by_field_name("right")
    while value is not None and value.type == "assignment":
        value = value.child_by_field_name("right")
    if target is None or value is None:
        return
    if target.type == "pattern_list" and value.type == "expression_list":
        yield from zip(target.named_children, value.named_children, strict=False)
    else:
        yield target, value
