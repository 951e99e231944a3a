"""stack: locals fit the stack."""

from __future__ import annotations

from gnomon.analysis.shadows.expression import Operand
from gnomon.analysis.shadows.language import LOCAL, Domain, Event, demand

STACK_BYTES = 8 << 20  # of a thread, where Linux is not told otherwise


class Stack(Domain):
    """The locals of a function, and of all that wait for it, take less than the 8 MiB that Linux gives a thread.

    Arrays of variable length and blocks of `alloca` count, too. What else is on a stack (registers that are saved,
    arguments, what the library needs) is not known and does not count, and of recursion only what is 2000 calls deep.

    Example: `char name[length];` with a `length` of 8388608 from the command line.
    """

    name = "stack"

    @demand(
        "allocate",
        code="stack.overflow",
        message=f"`{{text}}` needs {{size}} of the stack, which has {STACK_BYTES} in all",
    )
    def fits_alone(self, event: Event) -> Operand:
        return (event.kind != LOCAL) | (event.size < STACK_BYTES)

    @demand(
        "allocate",
        code="stack.overflow",
        message=f"with `{{text}}` the locals need {{stack_size}} bytes of the stack, which has {STACK_BYTES} in all",
    )
    def fits_with_others(self, event: Event) -> Operand:
        return (event.kind != LOCAL) | (event.stack_size < STACK_BYTES)
