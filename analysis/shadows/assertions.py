"""assert: what the user asserts holds."""

from __future__ import annotations

from gnomon.analysis.shadows.language import Domain, Event, demand


class Assertions(Domain):
    """What `assert`, `klee_assert`, `__CPROVER_assert` and their like are given is true; `reach_error` is never called.

    Example: `assert(n >= 0)` with n = -1.
    """

    name = "assert"

    @demand("assertion", code="assert.fails", message="`{text}` fails")
    def holds(self, event: Event) -> int:
        return 0
