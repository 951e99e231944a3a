"""Functions whose whole effect on the caller is to return: rows of `ir::External`, by name.

A row is a promise that the call changes nothing that C code can see but its result, and that the result is what the row
says. A function that has neither a row nor a model may do anything to what it can reach, and nothing is said that
depends on that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Result = Literal["none", "opaque", "null", "zero", "argument", "refused"]


@dataclass(frozen=True, slots=True)
class External:
    """What a function returns. `none`: nothing, or something that nobody may use; `argument`: its argument.

    `refused`: the function does what the engine cannot follow, so that nothing may be said of what comes after. Whoever
    keeps arguments may still know what they point to when the entry ends.
    """

    name: str
    result: Result
    argument: int = 0
    keeps_arguments: bool = True


def _rows(result: Result, names: str, argument: int = 0, *, keeps: bool = True) -> tuple[External, ...]:
    return tuple(External(name, result, argument, keeps) for name in names.split())


ROWS: tuple[External, ...] = (
    # Output: what was written is gone
    *_rows("none", "printf fprintf vprintf vfprintf dprintf __printf_chk __fprintf_chk", keeps=False),
    # Control that comes back elsewhere, or more than once
    *_rows("refused", "setjmp _setjmp __sigsetjmp longjmp _longjmp siglongjmp fork vfork"),
)
