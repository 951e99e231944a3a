"""The edges of the extension's code that ran since they were last forgotten, for the first time."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable

_MOST = 4096


class Edges:
    """Reads what edges.c writes, which is loaded before the interpreter."""

    def __init__(self, base: int) -> None:
        self._library = ctypes.CDLL(None)
        ctypes.c_ulong.in_dll(self._library, "gnomon_base").value = base
        self._places = (ctypes.c_uint * _MOST).in_dll(self._library, "gnomon_places")
        self._count = ctypes.c_uint.in_dll(self._library, "gnomon_count")
        self._path = ctypes.c_ulong.in_dll(self._library, "gnomon_path")

    @property
    def path(self) -> int:
        """The same for calls that ran the same edges."""
        return self._path.value

    def forget(self) -> None:
        self._library.gnomon_forget()

    def new(self) -> list[int]:
        """Those that never ran before, which from now on are known."""
        found = self._places[: self._count.value]
        self._count.value = 0
        return found

    def know(self, places: Iterable[int]) -> None:
        """What a child saw."""
        for place in places:
            self._library.gnomon_know(place)
