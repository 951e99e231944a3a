"""What a native function gives back, in the words of a hover: objects of which type, or memory that is the caller's."""

from __future__ import annotations

from collections.abc import Callable

from gnomon.analysis.boundary.binding import Binding
from gnomon.analysis.syntax.csource import CFunction, COrigin

_ALLOCATORS = frozenset({"malloc", "calloc", "realloc", "strdup", "strndup", "aligned_alloc", "wcsdup"})
_CALL_BOUND = 8  # functions that call each other, followed for one


def gives_note(binding: Binding, find: Callable[[str], CFunction | None]) -> str:
    """A sentence; empty where nothing is certain. `find` looks a C function up by its key."""
    gives = binding.gives
    if gives is not None and gives.is_all:
        named = [f"`{name}`" for name in gives.types]
        named += ["the object itself or one of its type"] if gives.is_self else []
        return f"gives {' or '.join(named)}"
    function = find(binding.native_key) if binding.native_key else None
    if binding.kind in ("ctypes", "cffi") and function is not None and is_owned(function, find):
        return "gives memory that the caller frees"
    return ""


def is_owned(function: CFunction, find: Callable[[str], CFunction | None], bound: int = _CALL_BOUND) -> bool:
    """Does a function give back nothing but memory that was allocated for its caller, or a null pointer?"""
    return bool(function.origins) and all(_is_allocated(origin, find, bound) for origin in function.origins)


def _is_allocated(origin: COrigin, find: Callable[[str], CFunction | None], bound: int) -> bool:
    if origin.kind != "call" or bound == 0:
        return False
    if origin.name in _ALLOCATORS:
        return True
    inner = find(origin.key)
    return inner is not None and is_owned(inner, find, bound - 1)
