"""`Ring`: the newest samples of one channel."""

from __future__ import annotations

from collections.abc import Callable
from ctypes import byref

from telemetry.native import Summary, Visitor, lib

__all__ = ["Ring", "Summary"]


class Ring:
    """A ring of at most `capacity` samples; use it as a context manager, or `close` it."""

    def __init__(self, capacity: int) -> None:
        self._handle = lib.ring_new(capacity)
        if not self._handle:
            raise ValueError(f"no ring of {capacity} samples")

    def __enter__(self) -> Ring:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        if self._handle:
            lib.ring_free(self._handle)
            self._handle = None

    def push(self, value: int) -> int:
        return lib.ring_push(self._handle, value)

    def __getitem__(self, index: int) -> int:
        return lib.ring_at(self._handle, index)

    def __setitem__(self, index: int, value: int) -> None:
        if lib.ring_replace(self._handle, index, value) < 0:
            raise IndexError(index)

    def latest(self, back: int = 0) -> int:
        return lib.ring_latest(self._handle, back)

    def pin(self, slot: int, value: int) -> None:
        if lib.ring_pin(self._handle, slot, value) < 0:
            raise IndexError(slot)

    def resize(self, capacity: int) -> None:
        if lib.ring_resize(self._handle, capacity) < 0:
            raise ValueError(capacity)

    def rename(self, label: str) -> None:
        if lib.ring_rename(self._handle, label.encode()) < 0:
            raise ValueError(label)

    def mean(self) -> int:
        return lib.ring_mean(self._handle)

    def middle(self) -> int:
        return lib.ring_middle(self._handle)

    def peak(self, limit: int) -> int:
        return lib.ring_peak(self._handle, limit)

    def summary(self) -> Summary | None:
        out = Summary()
        return out if lib.ring_summary(self._handle, byref(out)) else None

    def each(self, visit: Callable[[int, int], bool | None]) -> None:
        """Calls `visit(value, tick)` for each sample, oldest first, until it answers something true."""
        lib.ring_each(self._handle, Visitor(lambda value, tick, _: int(bool(visit(value, tick)))), None)
