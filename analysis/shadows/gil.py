"""gil: functions of the interpreter are called by the thread that holds its lock."""

from __future__ import annotations

from gnomon.analysis.shadows.expression import Operand
from gnomon.analysis.shadows.language import Domain, Event, demand, update

HELD, RELEASED, TAKEN_AGAIN = 0, 1, 2

# What makes or changes objects, runs code, or looks at the error indicator. Not what only reads an object that is held.
NEEDS_LOCK = """
    Py_INCREF Py_DECREF Py_XINCREF Py_XDECREF Py_IncRef Py_DecRef Py_BuildValue PyErr_SetString PyErr_SetObject
    PyErr_SetNone PyErr_Format PyErr_NoMemory PyErr_SetFromErrno PyErr_Occurred PyErr_Clear PyErr_Fetch
    PyErr_Restore PyErr_ExceptionMatches PyErr_WarnEx PyErr_CheckSignals PyErr_SetFromErrnoWithFilename
    PyErr_WriteUnraisable PyErr_Print PyLong_FromLong PyLong_FromUnsignedLong PyLong_FromLongLong
    PyLong_FromUnsignedLongLong PyLong_FromSsize_t PyLong_FromSize_t PyLong_FromVoidPtr PyLong_FromDouble
    PyLong_AsLong PyLong_AsLongLong PyLong_AsUnsignedLong PyLong_AsSsize_t PyLong_AsDouble PyFloat_FromDouble
    PyFloat_AsDouble PyBool_FromLong PyComplex_FromDoubles PyUnicode_FromString PyUnicode_FromStringAndSize
    PyUnicode_FromFormat PyUnicode_DecodeUTF8 PyUnicode_AsUTF8 PyUnicode_AsUTF8AndSize PyUnicode_AsUTF8String
    PyUnicode_New PyUnicode_Concat PyUnicode_Join PyBytes_FromString PyBytes_FromStringAndSize PyBytes_FromFormat
    PyBytes_FromObject PyByteArray_FromStringAndSize PyByteArray_Resize PyList_New PyList_Append PyList_SetItem
    PyList_Insert PyList_AsTuple PyList_Sort PyTuple_New PyTuple_Pack PyTuple_SetItem PyDict_New PyDict_SetItem
    PyDict_SetItemString PyDict_GetItem PyDict_GetItemString PyDict_DelItem PyDict_DelItemString PyDict_Next
    PyDict_Clear PySet_New PySet_Add PySet_Discard PyObject_Call PyObject_CallObject PyObject_CallFunction
    PyObject_CallMethod PyObject_CallNoArgs PyObject_CallOneArg PyObject_CallFunctionObjArgs
    PyObject_CallMethodObjArgs PyObject_Vectorcall PyObject_Str PyObject_Repr PyObject_GetAttr
    PyObject_GetAttrString PyObject_SetAttr PyObject_SetAttrString PyObject_GetItem PyObject_SetItem
    PyObject_DelItem PyObject_GetIter PyIter_Next PyObject_RichCompare PyObject_RichCompareBool PyObject_IsTrue
    PyObject_Hash PyObject_Size PyObject_GetBuffer PyBuffer_Release PyNumber_Add PyNumber_Long PyNumber_Index
    PyNumber_Float PySequence_GetItem PySequence_Fast PySequence_List PySequence_Tuple PyArg_ParseTuple
    PyArg_ParseTupleAndKeywords PyArg_UnpackTuple PyImport_ImportModule PyCapsule_New PyCapsule_GetPointer
    PyMem_Malloc PyMem_Realloc PyMem_Free PyObject_Malloc PyObject_Free
"""


class Gil(Domain):
    """While a thread has released the interpreter's lock, it calls no function that needs it; and it takes back what it
    released before it returns.

    Example: `state = PyEval_SaveThread(); if (!(file = fopen(name, "r"))) PyErr_SetFromErrno(PyExc_OSError);`
    """

    name = "gil"
    state = True

    @update("call", of="thread", when=Event.is_library, functions=["PyEval_SaveThread"])
    def released(self, event: Event) -> Operand:
        return RELEASED

    @update("called", of="thread", when=Event.is_library, functions=["PyEval_RestoreThread"])
    def restored(self, event: Event) -> Operand:
        return HELD

    @update("called", of="thread", when=Event.is_library, functions=["PyGILState_Ensure"])
    def ensured(self, event: Event) -> Operand:
        return (event.state == RELEASED) * TAKEN_AGAIN

    @update("call", of="thread", when=Event.is_library, functions=["PyGILState_Release"])
    def let_go(self, event: Event) -> Operand:
        return (event.state == TAKEN_AGAIN) * RELEASED

    @demand(
        "call",
        code="gil.missing",
        message="`{text}` calls `{function}` while the interpreter's lock is released",
        when=Event.is_library,
        functions=NEEDS_LOCK.split(),
    )
    def is_held(self, event: Event) -> Operand:
        return event.state != RELEASED

    @demand(
        "call",
        code="gil.unbalanced",
        message="`{text}` releases the interpreter's lock a second time",
        when=Event.is_library,
        functions=["PyEval_SaveThread"],
    )
    def released_once(self, event: Event) -> Operand:
        return event.state != RELEASED

    @demand("return", code="gil.unbalanced", message="`{text}` returns to Python with the interpreter's lock released")
    def taken_back(self, event: Event) -> Operand:
        return ~event.to_world | (event.state != RELEASED)
