"""What a module offers to be called, as the interpreter sees it."""

from __future__ import annotations

import inspect
import types
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .history import Target

_DESCRIBED = (types.MethodDescriptorType, types.WrapperDescriptorType, types.GetSetDescriptorType)
_NOT_CALLED = frozenset(
    (
        *("__new__", "__getattribute__", "__setattr__", "__delattr__", "__dict__", "__weakref__", "__doc__"),
        *("__init_subclass__", "__subclasshook__", "__sizeof__", "__class_getitem__"),
    )
)
# What such functions do to the process or the machine is meant.
_MEANT = (
    "abort",
    "_exit",
    "exit",
    "kill",
    "fork",
    "reboot",
    "shutdown",
    "segfault",
    "sigsegv",
    "setrlimit",
    "nomemory",
)


@dataclass(frozen=True, slots=True)
class Type:
    """A type of the extension's. `text` is the expression that gives it."""

    name: str
    text: str
    has_init: bool


class Surface:
    """`packages` are the first parts of the modules' names; `ranges` are where the extension's code and data lie."""

    def __init__(
        self, packages: frozenset[str], ranges: Sequence[tuple[int, int]], keywords: Mapping[str, Sequence[str]]
    ) -> None:
        self._packages = packages
        self._ranges = ranges
        self._keywords = keywords
        self.types: dict[type, Type] = {}

    def is_ours(self, of: type) -> bool:
        """Was a type made by the extension, in C?"""
        if not of.__flags__ & (1 << 9):
            return any(low <= id(of) < high for low, high in self._ranges)
        is_near = str(of.__module__).partition(".")[0] in self._packages
        return is_near and any(isinstance(part, _DESCRIBED[:2]) for part in vars(of).values())

    def targets_of_module(self, module: types.ModuleType) -> Iterator[Target]:
        name = module.__name__
        for key, value in sorted(vars(module).items(), key=lambda pair: pair[0]):
            if isinstance(value, types.BuiltinFunctionType) and value.__module__ in (name, None) and not _is_meant(key):
                yield self._target(f"{name}.{key}", f"{name}.{key}({{}})")
            elif isinstance(value, type) and self.is_ours(value) and value not in self.types:
                yield from self.targets_of_type(value, f"{name}.{key}", f"{name}.{key}")

    def targets_of_python(self, module: types.ModuleType) -> Iterator[Target]:
        """The functions and classes that a package shows to its users."""
        name = module.__name__
        for key in sorted(getattr(module, "__all__", None) or (k for k in vars(module) if not k.startswith("_"))):
            value = vars(module).get(key)
            is_own = str(getattr(value, "__module__", "")).partition(".")[0] in self._packages
            if not is_own or _is_meant(key) or not isinstance(value, (types.FunctionType, type)):
                continue
            if isinstance(value, type) and (self.is_ours(value) or issubclass(value, BaseException)):
                continue
            yield self._of_signature(Target(f"{name}.{key}", f"{name}.{key}({{}})"), value)

    def targets_of_type(self, of: type, name: str, text: str) -> Iterator[Target]:
        parts = vars(of)
        self.types[of] = Type(name, text, "__init__" in parts)
        if not text.startswith("type("):
            yield self._target(name, f"{text}({{}})")
        for key, value in sorted(parts.items(), key=lambda pair: pair[0]):
            if key not in _NOT_CALLED and not _is_meant(key):
                yield from self._of_member(name, text, key, value)

    def _of_member(self, name: str, text: str, key: str, value: object) -> Iterator[Target]:
        whole = f"{name}.{key}"
        match value:
            case types.MethodDescriptorType() | types.WrapperDescriptorType():
                yield self._target(whole, f"made.{key}({{}})", name)
            case types.ClassMethodDescriptorType() | staticmethod():
                of = text.replace("{", "{{").replace("}", "}}")
                yield self._target(whole, f"{of}.{key}({{}})")
            case types.GetSetDescriptorType() | types.MemberDescriptorType():
                yield Target(f"{whole}.__get__", f"made.{key}", name, most=0)
                yield Target(f"{whole}.__set__", f"made.{key} = {{}}", name, most=1, least=1, is_expression=False)
                yield Target(f"{whole}.__set__", f"del made.{key}", name, most=0, is_expression=False)

    def _target(self, name: str, form: str, of: str = "") -> Target:
        return Target(name, form, of, keywords=tuple(self._keywords.get(name, ())))

    def _of_signature(self, target: Target, value: object) -> Target:
        try:
            parameters = inspect.signature(value).parameters.values()  # type: ignore[arg-type]
        except (TypeError, ValueError):
            return target
        needed = [p for p in parameters if p.default is p.empty and p.kind is p.POSITIONAL_OR_KEYWORD]
        named = tuple(p.name for p in parameters if p.default is not p.empty)
        return Target(target.name, target.form, most=max(1, len(needed)), least=len(needed), keywords=named)


def _is_meant(name: str) -> bool:
    return any(part in name.lower() for part in _MEANT)


def ranges_of(files: Iterable[str]) -> list[tuple[int, int]]:
    """Where the files lie in memory."""
    wanted = set(files)
    found = []
    with Path("/proc/self/maps").open(encoding="utf-8", errors="replace") as maps:
        for line in maps:
            words = line.split(None, 5)
            if len(words) == 6 and words[5].strip() in wanted:
                low, _, high = words[0].partition("-")
                found.append((int(low, 16), int(high, 16)))
    return _widened(found)


def _widened(ranges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """With what lies between the parts of a file: the data that starts as zeros has no name."""
    return [(min(low for low, _ in ranges), max(high for _, high in ranges) + (1 << 16))] if ranges else []
