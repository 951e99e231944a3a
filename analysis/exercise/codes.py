"""Codes that only exercising gives: what each stands for. The others are those of the shadow domains."""

from __future__ import annotations

SAID: dict[str, str] = {
    "exception.unchecked": """\
An exception that an argument raises is cleared, whatever it is.

Found by passing objects whose methods raise KeyboardInterrupt: the call succeeds as if nothing had been raised, so
the user's interrupt, or a MemoryError, is lost. Most often `PyErr_Clear()` follows a call that may fail for other
reasons than the expected one (look with `PyErr_ExceptionMatches` first), or the function that was called says nothing
of errors at all (`PyDict_GetItem`, `PyObject_HasAttr`).""",
    "exception.clobbered": """\
An exception that an argument raises is replaced by another one, whatever it is.

Found by passing objects whose methods raise KeyboardInterrupt: another exception comes out, which does not even have it
as its context. Most often `PyErr_SetString` follows a failure without a look at what has been raised.""",
}


def description(code: str) -> str:
    """A sentence; empty for codes of others."""
    return SAID.get(code, "").partition("\n\n")[0].replace("\n", " ")
