"""Functions whose whole effect on the caller is to return: rows of `ir::External`, by name.

A row is a promise that the call changes nothing that C code can see but its result, and that the result is what the row
says. A function that has neither a row nor a model may do anything to what it can reach, and nothing is said that
depends on that. Reference counts are not tracked, so the functions that change them are here.
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
    # Reference counts
    *_rows("none", "Py_INCREF Py_DECREF Py_XINCREF Py_XDECREF Py_IncRef Py_DecRef _Py_IncRef _Py_DecRef _Py_Dealloc"),
    *_rows("none", "Py_SET_REFCNT PyObject_GC_Track PyObject_GC_UnTrack PyObject_ClearWeakRefs PyType_Modified"),
    *_rows("argument", "Py_NewRef Py_XNewRef _Py_NewRef _Py_XNewRef"),
    # Exceptions: set, never looked at
    *_rows("none", "PyErr_SetString PyErr_SetObject PyErr_SetNone PyErr_Clear PyErr_BadInternalCall PyErr_Print"),
    *_rows("none", "_PyErr_BadInternalCall PyErr_WriteUnraisable"),
    *_rows("null", "PyErr_Format PyErr_FormatV PyErr_NoMemory PyErr_SetFromErrno PyErr_SetFromErrnoWithFilename"),
    # New objects that cannot fail for want of anything but memory
    *_rows("opaque", "PyLong_FromLong PyLong_FromUnsignedLong PyLong_FromLongLong PyLong_FromUnsignedLongLong"),
    *_rows("opaque", "PyLong_FromSsize_t PyLong_FromSize_t PyLong_FromVoidPtr"),
    *_rows("opaque", "PyFloat_FromDouble PyComplex_FromDoubles PyBool_FromLong Py_BuildValue _Py_BuildValue_SizeT"),
    *_rows("opaque", "PyUnicode_FromFormat PyBytes_FromFormat"),
    # Threads
    *_rows("none", "PyEval_RestoreThread"),
    *_rows("opaque", "PyEval_SaveThread"),
    # Output: what was written is gone
    *_rows("none", "printf fprintf vprintf vfprintf dprintf __printf_chk __fprintf_chk", keeps=False),
    # Control that comes back elsewhere, or more than once
    *_rows("refused", "setjmp _setjmp __sigsetjmp longjmp _longjmp siglongjmp fork vfork"),
)
