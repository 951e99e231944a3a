"""Members of what names stand for: of modules, classes and their objects, libraries, and names of other modules."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from gnomon.analysis.boundary.arguments import bound_arguments
from gnomon.analysis.boundary.arrivals import instances_registered
from gnomon.analysis.boundary.calls import LOADERS, PYTHON
from gnomon.analysis.boundary.registries import global_of
from gnomon.analysis.boundary.values import (
    External,
    Instance,
    Library,
    Made,
    Module,
    NativeFunction,
    PythonClass,
    PythonFunction,
    Several,
    Value,
    common,
    joined,
    likeliest,
)
from gnomon.analysis.syntax.python import Scope, decorators
from tree_sitter import Node

if TYPE_CHECKING:
    from gnomon.analysis.boundary.names import Names

_EMPTY_BASES = frozenset({"object", "unittest.TestCase"})  # with nothing that an extension's name could mean
_OF_EVERY_CLASS = frozenset({"__init__", "__new__", "__class__", "register"})


def member(names: Names, value: Value | None, name: str) -> Value | None:
    """`value.name`"""
    match value:
        case Several(values):
            return joined([member(names, one, name) for one in values])
        case Module(module):
            return _module_member(names, module, name)
        case External("ctypes.pythonapi"):
            return NativeFunction(Library(PYTHON, "ctypes.pythonapi"), name)
        case External(outer):
            return _external_member(names, outer, name)
        case Made(callee):
            return External(f"{callee}.{name}")
        case Library() if not name.startswith("__") and name not in ("_handle", "_name", "_FuncPtr"):
            return NativeFunction(value, name)
        case PythonClass(scope):
            return _class_member(names, scope, name)
        case Instance():
            return _instance_member(names, value, name)
    return None


def _external_member(names: Names, outer: str, name: str) -> Value | None:
    """A member of a name of another module; of a getter, of the object that it gives."""
    native = names.native.get(outer)
    if native is None or native.kind != "getset":
        return External(f"{outer}.{name}")
    gives = native.gives
    types = gives.types if gives is not None and (names.is_wide or gives.is_all) else ()
    if gives is not None and gives.is_self:
        types = (*types, outer.rpartition(".")[0])
    return names.join([External(f"{type_}.{name}") for type_ in types])


def _instance_member(names: Names, instance: Instance, name: str) -> Value | None:
    """Of a property, what it gives."""
    scope = instance.scope
    found = _class_member(names, scope, name)
    if isinstance(found, PythonFunction) and _is_property(found.scope):
        return names.join(names.given_back_by(found.scope))
    if isinstance(found, PythonFunction):
        found = replace(found, receiver=instance)
    elif instance.made is not None and (found is None or (isinstance(found, Library) and not found.text)):
        found = _made_member(names, instance, instance.made, name) or found
    if names.is_wide and name not in _OF_EVERY_CLASS:
        registered = [member(names, one, name) for one in instances_registered(names, scope)]
        return joined([found, *registered])
    return found


def _made_member(names: Names, instance: Instance, made: tuple[Node, Scope], name: str) -> Value | None:
    """A member that `__init__` makes of the arguments that the object was made with."""
    methods = {method.name for _, method in instance.scope.attributes.get(name, [])}
    if methods != {f"{instance.scope.name}.__init__"} or not names.may_follow():
        return None
    _, method = instance.scope.attributes[name][0]
    bound = bound_arguments(*made, method)
    if bound is None:
        return None
    inner = (names.root or names).given(*bound, names.place, instance)
    return names.deeper(lambda: _class_member(inner, instance.scope, name))


def _is_property(function: Scope) -> bool:
    """Also by a decorator of the project's own, as `@CachedProperty`."""
    return any(text.lower().endswith("property") for text in decorators(function))


def _module_member(names: Names, module: str, name: str) -> Value | None:
    if module not in names.modules:
        inner = f"{module}.{name}"
        return Module(inner) if inner in names.modules else External(inner)
    top = names.modules[module].top
    if name in top.names:
        return names.deeper(lambda: names.bound(top.names[name], name, top))
    made = names.deeper(lambda: global_of(names, name, top))
    return made or submodule(names, f"{module}.{name}") or star_member(names, name, top)


def submodule(names: Names, name: str) -> Value | None:
    """A module of a package: in Python, or an extension, or what holds one."""
    if name in names.modules:
        return Module(name)
    if name in names.native:
        return External(name)
    return Module(name) if any(known.startswith(name + ".") for known in names.native) else None


def _class_member(names: Names, scope: Scope, name: str) -> Value | None:
    if name in scope.attributes:
        values = [names.of_place(bound, name, inner) for bound, inner in scope.attributes[name]]
        known = [value for value in values if value is not None]
        if names.is_wide:
            return joined(known) or _declared_member(names, scope, name)
        if not known:
            return None
        first = known[0]
        if isinstance(first, Library):
            library = likeliest(known)
            same = all(isinstance(value, Library) for value in known)
            return replace(library, name=library.name or f"{scope.name}.{name}") if same and library else None
        return common(known) if len(known) == len(values) or not isinstance(first, (Made, Instance)) else None
    return _declared_member(names, scope, name)


def _declared_member(names: Names, scope: Scope, name: str) -> Value | None:
    return names.bound(scope.names[name], name, scope) if name in scope.names else _inherited(names, scope, name)


def _inherited(names: Names, scope: Scope, name: str) -> Value | None:
    """A member of the first base that has it; None from a base on that is not known."""
    listed = scope.node.child_by_field_name("superclasses")
    bases, outer = (listed.named_children if listed is not None else []), scope.parent
    return names.deeper(lambda: _of_bases(names, bases, scope, outer, name)) if outer is not None else None


def _of_bases(names: Names, bases: Sequence[Node], scope: Scope, outer: Scope, name: str) -> Value | None:
    for base in bases:
        match names.evaluate(base, outer):
            case PythonClass(inner) if inner is not scope:
                found = _class_member(names, inner, name)
                if found is not None:
                    return found
            case External(dotted) if f"{dotted}.{name}" in names.native:
                return External(f"{dotted}.{name}")
            case External(dotted) if dotted in names.native or dotted in _EMPTY_BASES:
                pass
            case Several() as several:
                found = member(names, several, name)
                if found is not None:
                    return found
            case _ if not names.is_wide:
                return None
    return None


def star_member(names: Names, name: str, top: Scope) -> Value | None:
    """Through `from module import *`; modules may import each other so, without end."""
    return names.deeper(lambda: _of_stars(names, name, top))


def _of_stars(names: Names, name: str, top: Scope) -> Value | None:
    for module in reversed(top.stars):
        if module in names.modules:
            value = member(names, Module(module), name)
            if value is not None and not isinstance(value, External):
                return value
            if isinstance(value, External) and (
                name in names.modules[module].top.names or value.name in names.native or _is_of_ctypes(value.name)
            ):
                return value
        elif f"{module}.{name}" in names.native or _is_of_ctypes(f"{module}.{name}"):
            return External(f"{module}.{name}")
    return None


def _is_of_ctypes(name: str) -> bool:
    """Does `from ctypes import *` give the name, on any system?"""
    module, _, member = name.rpartition(".")
    return module == "ctypes" and not member.startswith("_") and (hasattr(ctypes, member) or member in LOADERS)
