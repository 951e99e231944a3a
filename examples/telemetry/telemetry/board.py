"""`Board`: which channels there are."""

from __future__ import annotations

from telemetry.native import lib


class Board:
    """The channels of one device, by number."""

    def __init__(self, title: str) -> None:
        self._handle = lib.board_open(title.encode())
        if not self._handle:
            raise ValueError(f"no board of title {title!r}")

    def close(self) -> None:
        if self._handle:
            lib.board_close(self._handle)
            self._handle = None

    def add(self, channel: int, gain: int) -> None:
        if lib.board_add(self._handle, channel, gain) < 0:
            raise MemoryError

    def gain(self, channel: int) -> int:
        return lib.board_gain(self._handle, channel)

    def __contains__(self, channel: int) -> bool:
        return bool(lib.board_has(self._handle, channel))
