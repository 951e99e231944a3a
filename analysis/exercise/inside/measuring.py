"""What calls leave behind: each is made many times, and counted is what grows with it.

Blocks that nobody points at any more are LeakSanitizer's to find: it says where they were made. Objects that the
collector tracks hang in its lists, so they are taken out of them first. Of objects that live on (None, types), the
counts are compared.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import sys
from collections import Counter
from typing import Any

from .history import History
from .trying import Runner

CALLS, LOST_CALLS = 16, 60  # what is lost is looked for more thoroughly than what may be
WARM = 4
_MOST_TRACKED = 20_000


class Measure:
    """`watched` are objects that outlive all calls, by the expressions that give them."""

    def __init__(self, runner: Runner, watched: dict[str, object]) -> None:
        self._runner = runner
        self._watched = watched
        library = ctypes.CDLL(None)
        self._look_for_lost = library["__lsan_do_recoverable_leak_check"]
        self._ignore, self._mind = library["__lsan_disable"], library["__lsan_enable"]
        self._bytes = library["__sanitizer_get_current_allocated_bytes"]
        self._bytes.restype = ctypes.c_size_t
        self._untrack = ctypes.pythonapi.PyObject_GC_UnTrack
        self._untrack.argtypes = [ctypes.py_object]
        self._untrack.restype = None
        self._keep = ctypes.pythonapi.Py_IncRef
        self._keep.argtypes = [ctypes.py_object]
        self._keep.restype = None

    def begin(self) -> None:
        """Blocks that are there now are nobody's loss."""
        self._ignore()

    def grown(self, history: History, calls: int = CALLS) -> dict[str, Any]:
        """By how much the counts of what is watched, and the bytes in use."""
        for _ in range(WARM):
            self._once(history)
        gc.collect()
        counts = self._counts()
        gc.collect()
        used = self._bytes()
        self._mind()
        for _ in range(calls):
            self._once(history)
        self._ignore()
        gc.collect()
        used = self._bytes() - used
        grown = {name: now - counts[name] for name, now in self._counts().items()}
        counts = {name: by for name, by in grown.items() if abs(by) >= 0.9 * calls}
        return {"counts": counts, "bytes": used}

    def counted(self, history: History) -> dict[str, Any]:
        """The same, where all are asked what they keep, also who was there before: the list of a module, say."""
        gc.unfreeze()
        gc.collect()  # which forgets the tuples that refer to nothing but None and its like
        answer = self.grown(history)
        gc.freeze()
        return answer

    def lost(self, history: History) -> dict[str, Any]:
        """LeakSanitizer writes where what is lost was made. In a process of its own, as what is lost stays so."""
        known = set(map(id, gc.get_objects()))
        answer = self.grown(history, LOST_CALLS)
        fresh = [one for one in gc.get_objects() if id(one) not in known]
        if 0.9 * LOST_CALLS <= len(fresh) <= _MOST_TRACKED:
            for one in fresh:
                self._keep(one)  # for many types it may not end untracked
                self._untrack(one)
        fresh.clear()
        self._look_for_lost()
        return answer

    def _once(self, history: History) -> None:
        with contextlib.suppress(BaseException):
            self._runner.run(history).clear()

    def _counts(self) -> dict[str, int]:
        held = self._held()
        if sys.version_info < (3, 12):  # since then None is not counted
            sys._clear_type_cache()  # which refers to None where it is empty: nothing is looked up from here on
        counts = list(map(sys.getrefcount, self._watched.values()))
        return {name: count - held[id(one)] for (name, one), count in zip(self._watched.items(), counts, strict=True)}

    def _held(self) -> Counter[int]:
        """By objects that the collector knows: what these keep, is kept."""
        wanted = set(map(id, self._watched.values()))
        found: Counter[int] = Counter()
        for one in gc.get_referrers(*self._watched.values()):
            found.update(key for key in map(id, gc.get_referents(one)) if key in wanted)
        return found
