"""nul: strings end inside their objects."""

from __future__ import annotations

from gnomon.analysis.shadows.expression import Operand
from gnomon.analysis.shadows.language import Domain, Event, demand

# Functions that read a string to its end, whatever comes.
READERS = [
    *("strlen", "strnlen", "strcpy", "stpcpy", "strncpy", "strcat", "strncat", "strdup", "strndup"),
    *("strcmp", "strncmp", "strcasecmp", "strncasecmp", "strstr", "strspn", "strcspn", "strpbrk"),
    *("strchr", "strrchr", "strchrnul", "strtok", "strtok_r"),
    *("atoi", "atol", "atoll", "atof", "strtol", "strtoul", "strtoll", "strtoull"),
]


class NulTerminated(Domain):
    """A string that is read to its end has one: a NUL before its object is over.

    Example: `strncpy(name, text, sizeof name); puts(name);` with a text of sizeof name characters or more.
    """

    name = "nul"

    @demand(
        "load",
        code="nul.unterminated",
        message="`{text}` reads past the end of {object}, which holds no NUL",
        functions=READERS,
        when=Event.size == 1,
    )
    def terminated(self, event: Event) -> Operand:
        pointer = event.pointer
        return (pointer.offset != pointer.object.size) | (pointer.object.size == 0)
