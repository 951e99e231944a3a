"""What setup.py and pyproject.toml say of extension modules, read as text: nothing is executed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace

from gnomon.analysis.syntax.tree import Source, descendants, parse_python
from tree_sitter import Node

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib  # type: ignore[import-not-found, unused-ignore]


@dataclass(frozen=True, slots=True)
class ExtensionModule:
    """`Extension("pkg._ext", ...)`: paths are as written, relative to the project's folder."""

    name: str
    sources: tuple[str, ...] = ()
    include_folders: tuple[str, ...] = ()
    macros: tuple[str, ...] = ()  # "NAME" or "NAME=VALUE"
    options: tuple[str, ...] = ()  # to the compiler, beside those


def extensions_of_setup(text: str) -> list[ExtensionModule]:
    """The Extension(...) calls of a setup.py, as far as their arguments are literals."""
    source = parse_python("setup.py", text)
    calls = [node for node in descendants(source.root) if node.type == "call"]
    found = [extension for call in calls if (extension := _extension(source, call)) is not None]
    package = next((name for call in calls if (name := _package(source, call))), "")
    return [replace(e, name=f"{package}.{e.name}") for e in found] if package else found


def _package(source: Source, call: Node) -> str:
    """`setup(ext_package="pkg")`: the package that all names of extensions are below."""
    function, arguments = call.child_by_field_name("function"), call.child_by_field_name("arguments")
    if function is None or arguments is None or source.spelling(function).split(".")[-1] != "setup":
        return ""
    return source.string_value(_keywords(source, arguments).get("ext_package")) or ""


def _keywords(source: Source, arguments: Node) -> dict[str, Node]:
    return {
        source.spelling(name): value
        for child in arguments.named_children
        if child.type == "keyword_argument"
        and (name := child.child_by_field_name("name")) is not None
        and (value := child.child_by_field_name("value")) is not None
    }


def _extension(source: Source, call: Node) -> ExtensionModule | None:
    function, arguments = call.child_by_field_name("function"), call.child_by_field_name("arguments")
    if function is None or arguments is None or source.spelling(function).split(".")[-1] != "Extension":
        return None
    positional = [child for child in arguments.named_children if child.type not in ("keyword_argument", "comment")]
    given = _keywords(source, arguments)
    given |= dict(zip(("name", "sources", "include_dirs", "define_macros"), positional, strict=False))
    module = source.string_value(given.get("name"))
    if module is None:
        return None
    return ExtensionModule(
        module,
        tuple(_strings(source, given.get("sources"))),
        tuple(_strings(source, given.get("include_dirs"))),
        tuple(_macros(source, given.get("define_macros"))),
        tuple(_strings(source, given.get("extra_compile_args"))),
    )


def _strings(source: Source, node: Node | None) -> Iterator[str]:
    for child in node.named_children if node is not None and node.type in ("list", "tuple") else []:
        value = source.string_value(child)
        if value is not None:
            yield value


def _macros(source: Source, node: Node | None) -> Iterator[str]:
    for pair in node.named_children if node is not None and node.type == "list" else []:
        if pair.type != "tuple" or len(pair.named_children) != 2:
            continue
        name, value = (source.string_value(part) for part in pair.named_children)
        if name is not None:
            yield name if value is None else f"{name}={value}"


def extensions_of_pyproject(text: str) -> list[ExtensionModule] | str:
    """The `ext-modules` of setuptools in a pyproject.toml, or what is wrong with the file."""
    try:
        rows = tomllib.loads(text).get("tool", {}).get("setuptools", {}).get("ext-modules", [])
        return [
            ExtensionModule(
                str(row["name"]),
                tuple(map(str, row.get("sources", ()))),
                tuple(map(str, row.get("include-dirs", ()))),
                tuple(str(m[0]) if len(m) < 2 else f"{m[0]}={m[1]}" for m in row.get("define-macros", ())),
                tuple(map(str, row.get("extra-compile-args", ()))),
            )
            for row in rows
        ]
    except (tomllib.TOMLDecodeError, AttributeError, KeyError, TypeError, IndexError) as error:
        return f"not readable: {error}"
