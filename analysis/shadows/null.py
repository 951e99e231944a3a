"""null: pointers that are null are not followed."""

from __future__ import annotations

from gnomon.analysis.shadows.expression import Operand
from gnomon.analysis.shadows.language import Domain, Event, demand


class Null(Domain):
    """A pointer that is followed is not null.

    Example: `p = find(key); return p->value;` where `find` returns NULL for a key it does not know.
    """

    name = "null"

    @demand("load", code="null.deref", message="`{text}` reads {size} through a null pointer")
    @demand("store", code="null.deref", message="`{text}` writes {size} through a null pointer")
    def not_null(self, event: Event) -> Operand:
        return (event.size == 0) | ~event.pointer.is_null
