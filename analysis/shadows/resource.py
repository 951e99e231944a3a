"""resource: what is opened is closed once, and used while it is open."""

from __future__ import annotations

from gnomon.analysis.shadows.expression import Operand
from gnomon.analysis.shadows.language import Domain, Event, demand, update

OPENED, CLOSED, OWED = 1, 2, 3

OPENERS = ("fopen", "fdopen", "freopen", "tmpfile", "popen", "fmemopen", "open_memstream", "opendir")
CLOSERS = ("fclose", "pclose", "closedir")
FIRST_ARGUMENT = (
    *("fprintf", "vfprintf", "fscanf", "fgetc", "getc", "feof", "ferror", "clearerr", "fileno", "fflush"),
    *("fseek", "ftell", "rewind", "fgetpos", "fsetpos", "setvbuf", "setbuf", "readdir", "rewinddir"),
)
SECOND_ARGUMENT = ("fputs", "fputc", "putc", "ungetc")
THIRD_ARGUMENT = ("fgets", "getline")
FOURTH_ARGUMENT = ("fread", "fwrite", "getdelim")

DESCRIPTOR_MAKERS = ("open", "openat", "creat", "dup", "socket", "accept")
DESCRIPTOR_PLACERS = ("dup2", "dup3")
DESCRIPTOR_TAKERS = ("fdopen", "fdopendir")
DESCRIPTOR_USERS = ("close", "read", "write", "lseek", "fstat", "fsync", "ftruncate", "recv", "send")
DESCRIPTOR_ASKED = ("isatty", "bind", "connect", "listen", "shutdown", "setsockopt", "getsockopt", "pread", "pwrite")

USED = "`{text}` uses a stream after it was closed"


class Resource(Domain):
    """Streams, directories and descriptors are closed once, not used afterwards, and closed before they are lost.

    A stream is lost with the last pointer to it, a descriptor when nothing is left that holds its number, or was
    computed from it. The descriptors that `main` still has when it returns, the system closes.

    The number beside an object is OPENED or CLOSED, and 0 for what is no stream. Beside a descriptor it is OWED while
    whoever got it has to close it.

    Example: `FILE *f = fopen(name, "r"); if (!f) return 1; if (fgetc(f) == EOF) return 2; fclose(f);`
    """

    name = "resource"
    layer = True  # of descriptors, and of what is computed from them
    state = True

    @update("called", of="object", when=Event.is_library, functions=OPENERS)
    def opened(self, event: Event) -> Operand:
        return OPENED

    @update("call", of="object", when=Event.is_library, functions=CLOSERS, argument=0)
    def closed(self, event: Event) -> Operand:
        return CLOSED

    @demand(
        "call",
        code="resource.misuse",
        message="`{text}` closes a stream a second time",
        when=Event.is_library,
        functions=CLOSERS,
        argument=0,
    )
    def closed_once(self, event: Event) -> Operand:
        return event.pointer.is_null | (event.pointer.object.state != CLOSED)

    @demand("call", code="resource.misuse", message=USED, when=Event.is_library, functions=FIRST_ARGUMENT, argument=0)
    @demand("call", code="resource.misuse", message=USED, when=Event.is_library, functions=SECOND_ARGUMENT, argument=1)
    @demand("call", code="resource.misuse", message=USED, when=Event.is_library, functions=THIRD_ARGUMENT, argument=2)
    @demand("call", code="resource.misuse", message=USED, when=Event.is_library, functions=FOURTH_ARGUMENT, argument=3)
    def open_when_used(self, event: Event) -> Operand:
        return event.pointer.is_null | (event.pointer.object.state != CLOSED)

    @update("called", when=Event.is_library, functions=(*DESCRIPTOR_USERS, *DESCRIPTOR_ASKED))
    def tells_of_success(self, event: Event) -> Operand:
        return 0

    @update("called", when=Event.is_library, functions=DESCRIPTOR_MAKERS)
    def is_descriptor(self, event: Event) -> Operand:
        return event.value >= 0

    @update("called", of="number", when=Event.is_library, functions=DESCRIPTOR_MAKERS)
    def descriptor_opened(self, event: Event) -> Operand:
        return (event.value >= 0) * OWED

    @update("called", of="number", when=Event.is_library, functions=DESCRIPTOR_PLACERS)
    def descriptor_placed(self, event: Event) -> Operand:
        return (event.value >= 0) * OPENED

    @update("call", of="number", when=Event.is_library, functions=DESCRIPTOR_TAKERS, argument=0)
    def descriptor_taken(self, event: Event) -> Operand:
        return (event.value >= 0) * OPENED

    @update("call", of="number", when=Event.is_library, functions=["close"], argument=0)
    def descriptor_closed(self, event: Event) -> Operand:
        return CLOSED

    @demand(
        "call",
        code="resource.misuse",
        message="`{text}` uses the file descriptor {value} after it was closed",
        when=Event.is_library,
        functions=(*DESCRIPTOR_USERS, "dup"),
        argument=0,
    )
    def descriptor_open_when_used(self, event: Event) -> Operand:
        return (event.value < 0) | (event.number_state != CLOSED)

    @demand("end_of_entry", code="resource.leak", message="nothing refers to this stream any more, and it is open")
    def closed_before_lost(self, event: Event) -> Operand:
        target = event.pointer.object
        return target.reachable | (target.state != OPENED)

    @demand(
        "number_left",
        code="resource.leak",
        message="nothing holds this file descriptor any more, and it is open",
        functions=DESCRIPTOR_MAKERS,
    )
    def descriptor_closed_before_lost(self, event: Event) -> Operand:
        return event.is_held | (event.number_state != OWED)
