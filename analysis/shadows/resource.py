"""resource: what is opened is closed once, and used while it is open."""

from __future__ import annotations

from gnomon.analysis.shadows.expression import Operand
from gnomon.analysis.shadows.language import Domain, Event, demand, update

OPENED, CLOSED = 1, 2

OPENERS = ("fopen", "fdopen", "freopen", "tmpfile", "popen", "fmemopen", "open_memstream", "opendir")
CLOSERS = ("fclose", "pclose", "closedir")
FIRST_ARGUMENT = (
    *("fprintf", "vfprintf", "fscanf", "fgetc", "getc", "feof", "ferror", "clearerr", "fileno", "fflush"),
    *("fseek", "ftell", "rewind", "fgetpos", "fsetpos", "setvbuf", "setbuf", "readdir", "rewinddir"),
)
SECOND_ARGUMENT = ("fputs", "fputc", "putc", "ungetc")
THIRD_ARGUMENT = ("fgets", "getline")
FOURTH_ARGUMENT = ("fread", "fwrite", "getdelim")

DESCRIPTOR_OPENERS = ("open", "openat", "creat", "dup", "dup2", "dup3", "socket", "accept", "epoll_create")
DESCRIPTOR_USERS = ("close", "read", "write", "lseek", "fstat", "fsync", "ftruncate", "recv", "send", "dup")

USED = "`{text}` uses a stream after it was closed"


class Resource(Domain):
    """Streams and directories are closed once, not used afterwards, and closed before the last pointer to them is lost.

    The number beside an object is OPENED or CLOSED, and 0 for what is no stream.

    Example: `FILE *f = fopen(name, "r"); if (!f) return 1; if (fgetc(f) == EOF) return 2; fclose(f);`
    """

    name = "resource"
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

    @update("called", of="number", when=Event.is_library, functions=DESCRIPTOR_OPENERS)
    def descriptor_opened(self, event: Event) -> Operand:
        return OPENED

    @update("call", of="number", when=Event.is_library, functions=["close"], argument=0)
    def descriptor_closed(self, event: Event) -> Operand:
        return CLOSED

    @demand(
        "call",
        code="resource.misuse",
        message="`{text}` uses the file descriptor {value} after it was closed",
        when=Event.is_library,
        functions=DESCRIPTOR_USERS,
        argument=0,
    )
    def descriptor_open_when_used(self, event: Event) -> Operand:
        return (event.value < 0) | (event.number_state != CLOSED)

    @demand("end_of_entry", code="resource.leak", message="nothing refers to this stream any more, and it is open")
    def closed_before_lost(self, event: Event) -> Operand:
        target = event.pointer.object
        return target.reachable | (target.state != OPENED)
