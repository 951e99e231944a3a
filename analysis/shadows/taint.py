"""taint: what comes from outside does not become a command or a format. Off unless it is asked for."""

from __future__ import annotations

from gnomon.analysis.shadows.expression import Operand
from gnomon.analysis.shadows.language import EQUAL, GREATER_EQUAL, LOGICAL_NOT, Domain, Event, update
from gnomon.analysis.shadows.library import FORMATS, demand_for_each

# The functions of the models in which the contents of files, streams, sockets and environment variables are chosen.
# Not what is chosen of failures, clocks, random numbers, or by harnesses.
SOURCES = (
    *("variable_of", "gnomon_next_letter", "next_line", "fread", "read", "mmap", "recv", "recvfrom"),
    *("choose_integer", "choose_text", "choose_value"),
)

COMMANDS = {0: "system popen"}
LIBRARIES = {0: "dlopen"}
PROGRAMS = {0: "execl execlp execle execv execvp execve execvpe", 1: "posix_spawn posix_spawnp"}
# Besides those whose arguments are looked at.
MORE_FORMATS = {
    0: "vprintf vscanf warn warnx vwarn vwarnx PyUnicode_FromFormat PyBytes_FromFormat",
    1: "vfprintf vsprintf vdprintf asprintf vasprintf vfscanf vsscanf vsyslog err errx verr verrx PyErr_Format",
    2: "vsnprintf",
}
FORMAT = "`{text}` takes a format that comes from outside"


class Taint(Domain):
    """No part of a command, of the name of a program or library, or of a format comes from outside the program.

    From outside come the arguments of `main` and of calls from Python, environment variables, and what is read from
    files, streams and sockets. The bit follows values through memory and arithmetic. Control does not carry it: neither
    what a comparison gives, nor what is looked up in a table, comes from outside, and how long a text is does not,
    either. A value that was tested still does: what a test has ruled out is not followed.

    Of programs that are run, the name is looked at and not the arguments, which are there to be given on.

    Example: `snprintf(command, sizeof command, "ls %s", argv[1]); system(command);`
    """

    name = "taint"
    layer = True

    @update("input", when=~Event.is_library)
    @update("input", functions=SOURCES)
    def chosen_outside(self, event: Event) -> Operand:
        return 1

    @update("arithmetic", when=(Event.operator >= EQUAL) & (Event.operator <= GREATER_EQUAL))
    @update("arithmetic", when=Event.operator == LOGICAL_NOT)
    @update("cast", when=~Event.is_float & (Event.maximum == 1))
    def truth(self, event: Event) -> Operand:
        return 0

    @demand_for_each(COMMANDS, code="taint.command", message="`{text}` runs a command that comes from outside")
    @demand_for_each(LIBRARIES, code="taint.command", message="`{text}` loads a library whose name comes from outside")
    @demand_for_each(PROGRAMS, code="taint.command", message="`{text}` runs a program whose name comes from outside")
    def command(self, event: Event) -> Operand:
        return ~event.shadow("text")

    @demand_for_each(FORMATS, code="taint.format", message=FORMAT)
    @demand_for_each(MORE_FORMATS, code="taint.format", message=FORMAT)
    def format(self, event: Event) -> Operand:
        return ~event.shadow("text")
