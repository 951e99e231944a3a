"""Calls that a project's own Python files make, its tests above all: what exercising begins with."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from gnomon.analysis.exercise.inside.history import KEY
from gnomon.analysis.workspace import Snapshot

Seed = tuple[str, tuple[str, ...]]  # the expression of the object that a method is called on, "" for none; arguments

_MOST_FILES, _MOST_OF_NAME, _MOST_SEEDS = 200, 16, 600
_LONGEST = 160
_SOMETHING = "object()"  # for what is not known
_NOT_SAFE = frozenset(("open", "exec", "eval", "input", "print", "breakpoint", "exit", "quit", "__import__", "compile"))
_BUILTINS = frozenset(name for name in vars(builtins) if not name.startswith("_")) - _NOT_SAFE
_EXPRESSIONS = (
    *(ast.Constant, ast.Tuple, ast.List, ast.Dict, ast.Set, ast.UnaryOp, ast.BinOp, ast.Call, ast.Attribute, ast.Name),
    *(ast.keyword, ast.Load, ast.operator, ast.unaryop, ast.Slice, ast.Subscript),
)


def seeds_of(snapshot: Snapshot, modules: Iterable[str]) -> dict[str, tuple[Seed, ...]]:
    """By the last part of what is called. Expressions use the full names of the modules' packages, and builtins."""
    packages = frozenset(module.partition(".")[0] for module in modules)
    found: dict[str, dict[Seed, None]] = {}
    count = 0
    for path in sorted(snapshot.python_files, key=lambda path: (not re.search(r"test", path), path))[:_MOST_FILES]:
        try:
            tree = ast.parse(snapshot.text(path))
        except (SyntaxError, ValueError, RecursionError):
            continue
        for name, seed in _File(packages).calls(tree):
            of_name = found.setdefault(name, {})
            if len(of_name) < _MOST_OF_NAME and count < _MOST_SEEDS and seed not in of_name:
                of_name[seed] = None
                count += 1
    return {name: tuple(seeds) for name, seeds in found.items()}


@dataclass(slots=True)
class _File:
    """`known`: what names of the file stand for, as expressions."""

    packages: frozenset[str]
    known: dict[str, ast.expr] = field(default_factory=dict)

    def calls(self, tree: ast.AST) -> Iterator[tuple[str, Seed]]:
        """In the order of the text, so that names mean what was assigned last."""
        for node in ast.iter_child_nodes(tree):
            match node:
                case ast.Import(names=names):
                    for alias in names:
                        self._imported(alias.asname or alias.name.partition(".")[0], alias.name, bool(alias.asname))
                case ast.ImportFrom(module=str(module), names=names, level=0):
                    for alias in names:
                        self._imported(alias.asname or alias.name, f"{module}.{alias.name}", True)
                case ast.FunctionDef() | ast.AsyncFunctionDef():
                    yield from _File(self.packages, dict(self.known)).calls(node)
                    continue
                case ast.Call(func=function):
                    if (call := self._call(node, function)) is not None:
                        yield call
            yield from self.calls(node)
            match node:
                case ast.Assign(targets=[ast.Name(id=name)], value=value):
                    self._assigned(name, value)
                case ast.Name(id=name, ctx=ast.Store()) if not isinstance(tree, ast.Assign):
                    self.known.pop(name, None)  # of a loop, say

    def _imported(self, name: str, whole: str, is_whole: bool) -> None:
        self.known.pop(name, None)
        if whole.partition(".")[0] in self.packages:
            self.known[name] = ast.parse(whole if is_whole else name, mode="eval").body

    def _assigned(self, name: str, value: ast.expr) -> None:
        self.known.pop(name, None)
        if (resolved := self._resolved(value)) is not None:
            self.known[name] = resolved

    def _call(self, call: ast.Call, function: ast.expr) -> tuple[str, Seed] | None:
        made, whole = "", self._resolved(function)
        match whole:
            case ast.Attribute(value=of, attr=name):
                made = "" if _is_path(of) else ast.unparse(of)
            case _:
                return None
        arguments: list[str] = []
        for key, value in [*((None, one) for one in call.args), *((one.arg, one.value) for one in call.keywords)]:
            if isinstance(value, ast.Starred) or (key is None and len(arguments) >= len(call.args)):  # **more
                return None
            resolved = self._resolved(value)
            text = ast.unparse(resolved) if resolved is not None else _SOMETHING
            if len(text) > _LONGEST or KEY in text:
                text = _SOMETHING
            arguments.append(f"{key}{KEY}{text}" if key else text)
        return name, (made, tuple(arguments))

    def _resolved(self, node: ast.expr) -> ast.expr | None:
        """With full names; None where one is not known, or where it is more than an expression of values."""
        if not all(isinstance(part, _EXPRESSIONS) for part in ast.walk(node)):
            return None
        written = _Written(self.known)
        changed = written.visit(ast.parse(ast.unparse(node), mode="eval").body)
        return None if written.is_unknown else changed


class _Written(ast.NodeTransformer):
    def __init__(self, known: Mapping[str, ast.expr]) -> None:
        self._known = known
        self.is_unknown = False

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if node.id in self._known:
            return self._known[node.id]
        self.is_unknown |= node.id not in _BUILTINS
        return node


def _is_path(node: ast.expr) -> bool:
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name)
