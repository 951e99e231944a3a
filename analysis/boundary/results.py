"""What the objects are that C functions give back: instances of which types of the workspace, or the object itself.

Follows where the pointers come from (COrigin) through the functions of the workspace to the calls that make objects.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from gnomon.analysis.boundary.binding import Binding, Gives
from gnomon.analysis.syntax.csource import CFunction, COrigin

_MAKERS = frozenset(
    {
        *("_PyObject_New", "_PyObject_NewVar", "_PyObject_GC_New", "_PyObject_GC_NewVar"),
        *("PyType_GenericAlloc", "PyType_GenericNew", "tp_alloc", "tp_new"),
    }
)  # of an instance of their first argument
_CALLS = frozenset(
    {
        *("PyObject_Call", "PyObject_CallObject", "PyObject_CallFunction", "PyObject_CallFunctionObjArgs"),
        *("PyObject_CallNoArgs", "PyObject_CallOneArg", "PyObject_Vectorcall", "PyObject_VectorcallDict"),
        *("_PyObject_CallFunction_SizeT", "PyEval_CallObjectWithKeywords"),
    }
)  # of their first argument
_INITIALISERS = frozenset({"PyObject_Init", "PyObject_InitVar"})  # give their first argument the second as its type
_SAME = frozenset({"Py_NewRef", "Py_XNewRef", "_Py_NewRef", "_Py_XNewRef", "PyObject_SelfIter"})
_NONE = "_Py_NoneStruct"
_STATIC, _CLASS = 0x20, 0x10  # METH_STATIC, METH_CLASS


@dataclass(frozen=True, slots=True)
class Parameter:
    index: int


@dataclass(frozen=True, slots=True)
class Global:
    """A global, or what the field of that name holds."""

    name: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class TypeOf:
    object: Object


@dataclass(frozen=True, slots=True)
class Instance:
    """A new object of a type."""

    type: Object


@dataclass(frozen=True, slots=True)
class Unknown:
    pass


Object = Parameter | Global | TypeOf | Instance | Unknown
Objects = frozenset[Object]

_UNKNOWN: Objects = frozenset({Unknown()})


def _type_of(value: Object) -> Object:
    return value.type if isinstance(value, Instance) else TypeOf(value)


def _instance(value: Object, is_made: bool) -> Object:
    """An instance of a type; of `type(x)` nothing else is known than of x. A global that is called may be a function,
    but then it is not known as a type."""
    match value:
        case TypeOf(of):
            return of
        case Global():
            return Instance(value)
        case Parameter() if is_made:
            return Instance(value)
    return Unknown()


@dataclass(slots=True)
class Results:
    """What functions give back, each worked out once. `functions` by key."""

    functions: Mapping[str, CFunction]
    _known: dict[str, Objects] = field(default_factory=dict)

    def of(self, key: str) -> Objects:
        """In terms of the function's parameters; empty where it gives nothing but null pointers."""
        if key not in self._known:
            function = self.functions.get(key)
            self._known[key] = frozenset()  # what a function gives back by calling itself adds nothing
            self._known[key] = self._all(function.origins) if function is not None else _UNKNOWN
        return self._known[key]

    def _all(self, origins: Iterable[COrigin]) -> Objects:
        return frozenset(value for origin in origins for value in self._one(origin))

    def _one(self, origin: COrigin) -> Objects:
        match origin.kind:
            case "parameter":
                return frozenset({Parameter(origin.index)})
            case "global":
                return frozenset() if origin.name == _NONE else frozenset({Global(origin.name, origin.key)})
            case "field" if origin.name == "ob_type" and origin.operands:
                return frozenset(map(_type_of, self._all(origin.operands[0])))
            case "field":
                return frozenset({Global(origin.name)})
            case "call":
                return self._call(origin)
        return _UNKNOWN

    def _call(self, origin: COrigin) -> Objects:
        name, operands = origin.name, origin.operands
        if name in _MAKERS | _CALLS and operands:
            return frozenset(_instance(value, name in _MAKERS) for value in self._all(operands[0]))
        if name in _INITIALISERS and len(operands) > 1:
            return frozenset(_instance(value, True) for value in self._all(operands[1]))
        if name in _SAME and operands:
            return self._all(operands[0])
        if name == "Py_TYPE" and operands:
            return frozenset(map(_type_of, self._all(operands[0])))
        function = self.functions.get(origin.key)
        if function is None or not function.is_definition:
            return _UNKNOWN
        given = [self._all(listed) for listed in operands]
        return frozenset(found for value in self.of(origin.key) for found in _substituted(value, given))


def _substituted(value: Object, given: Sequence[Objects]) -> Objects:
    """What a callee's object is in the caller's terms."""
    match value:
        case Parameter(index):
            return given[index] if index < len(given) else _UNKNOWN
        case TypeOf(of):
            return frozenset(_type_of(found) for found in _substituted(of, given))
        case Instance(type_):
            return frozenset(_instance(found, True) for found in _substituted(type_, given))
    return frozenset({value})


def with_results(
    bindings: Sequence[Binding], functions: Mapping[str, CFunction], made_from: Mapping[str, str]
) -> list[Binding]:
    """The edges of functions, methods, getters and slots with what each gives back. `made_from`: the PyType_Spec that
    the type in a variable or field of that name was made from."""
    results = Results(functions)
    types = _Types.of(bindings, made_from)
    return [
        replace(b, gives=types.gives(b, results.of(b.native_key)))
        if b.native_key and b.kind in ("function", "method", "slot", "getset")
        else b
        for b in bindings
    ]


@dataclass(frozen=True, slots=True)
class _Types:
    """The types of the workspace, by the key of their table and by its name."""

    by_key: Mapping[str, Binding]
    by_name: Mapping[str, Sequence[Binding]]
    made_from: Mapping[str, str]

    @staticmethod
    def of(bindings: Sequence[Binding], made_from: Mapping[str, str]) -> _Types:
        types = [b for b in bindings if b.kind == "type"]
        by_name: dict[str, list[Binding]] = {}
        for found in types:
            by_name.setdefault(found.native, []).append(found)
        return _Types({b.owner: b for b in types}, by_name, made_from)

    def gives(self, binding: Binding, objects: Objects) -> Gives | None:
        found: list[str] = []
        is_self, is_all = False, True
        for value in objects:
            match value:
                case Instance(Global(name, key)):
                    named = self._named(name, key, binding.module)
                    found += [named] if named else []
                    is_all &= bool(named)
                case Parameter(0) | Instance(Parameter(0)) if self._is_of_type(binding, value):
                    is_self = True
                case _:
                    is_all = False
        return Gives(tuple(sorted(set(found))), is_self, is_all) if found or is_self else None

    @staticmethod
    def _is_of_type(binding: Binding, value: Object) -> bool:
        """Does the first parameter stand for the object, or for the class, that the name is looked up on?"""
        if binding.kind == "slot":
            return isinstance(value, Instance) == binding.python.endswith(".__new__")
        if binding.kind not in ("method", "getset") or binding.flags & _STATIC:
            return False
        return isinstance(value, Instance) == bool(binding.flags & _CLASS)

    def _named(self, name: str, key: str, module: str) -> str:
        if key in self.by_key:
            return self.by_key[key].python
        listed = self.by_name.get(name) or self.by_name.get(self.made_from.get(name, ""), ())
        own = [b for b in listed if b.module == module] or list(listed)
        return own[0].python if len({b.python for b in own}) == 1 else ""
