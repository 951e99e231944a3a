"""Functions in the slots of types and in tables of getters, against how CPython calls a slot."""

from __future__ import annotations

from collections.abc import Iterator

from gnomon.analysis.boundary.capi import functions_by_key, rows
from gnomon.analysis.boundary.slots import SLOT_NAMES, SUITE_RECORDS
from gnomon.analysis.contracts.contradiction import Contradiction, Subject
from gnomon.analysis.contracts.intact import intact_units
from gnomon.analysis.contracts.signature_shapes import unfit
from gnomon.analysis.contracts.tables import function_span, tables_by_key, word_span
from gnomon.analysis.syntax.csource import CTable

CODE = "contract.slot"
_BINARY = (
    "add subtract multiply remainder divmod lshift rshift and xor or floor_divide true_divide matrix_multiply "
    "inplace_add inplace_subtract inplace_multiply inplace_remainder inplace_lshift inplace_rshift inplace_and "
    "inplace_xor inplace_or inplace_floor_divide inplace_true_divide inplace_matrix_multiply"
)
_SHAPES = {
    "o(o)": "nb_negative nb_positive nb_absolute nb_invert nb_int nb_float nb_index tp_repr tp_str tp_iter tp_iternext "
    "am_await am_aiter am_anext",
    "o(oo)": "sq_concat sq_inplace_concat mp_subscript tp_getattr tp_getattro get "
    + " ".join(f"nb_{name}" for name in _BINARY.split()),
    "o(ooo)": "nb_power nb_inplace_power tp_call tp_new tp_descr_get",
    "o(on)": "sq_item sq_repeat sq_inplace_repeat tp_alloc",
    "o(ooi)": "tp_richcompare",
    "n(o)": "sq_length mp_length tp_hash",
    "i(o)": "nb_bool tp_clear tp_is_gc m_clear",
    "i(oo)": "sq_contains",
    "i(ooo)": "mp_ass_subscript tp_setattr tp_setattro tp_descr_set tp_init tp_traverse am_send set m_traverse",
    "i(ono)": "sq_ass_item",
    "i(ooi)": "bf_getbuffer",
    "v(o)": "tp_dealloc tp_finalize tp_del tp_free m_free",
    "v(oo)": "bf_releasebuffer",
    "o(oono)": "tp_vectorcall",
}
SHAPE_OF = {slot: shape for shape, slots in _SHAPES.items() for slot in slots.split()}
_UNREAD = frozenset({"tp_clear", "m_clear"})  # the collector drops what they return
_MAY_IGNORE = frozenset({"get", "set"})  # the closure, which most tables leave NULL


def check(subject: Subject) -> Iterator[Contradiction]:
    """Functions in type slots, static or in a `PyType_Spec`, and in `PyGetSetDef`, that CPython calls as something
    else: a `tp_hash` or `sq_length` that returns `int` (the upper half of what is read is garbage), an `initproc`
    without a result, more parameters than are passed, a pointer where a number is passed.

    Casts to `initproc` or `void *` hide it from the compiler. Parameters that a function leaves out are a warning, as
    what they say is lost; the closure of a getter or setter may be left out.
    """
    units = intact_units(subject.sources.values())
    functions = functions_by_key(units)
    for table in tables_by_key(units).values():
        for slot, key in _slots(table):
            function, shape = functions.get(key), SHAPE_OF.get(slot)
            if function is None or function.type is None or shape is None:
                continue
            wrong = unfit(function.type, shape, slot not in _UNREAD)
            if wrong is None or (slot in _MAY_IGNORE and wrong[1] == "warning"):
                continue
            text = f"`{function.name}` in the slot `{slot}` {wrong[0]}"
            at, truth = word_span(subject.snapshot, table, function.name), function_span(function)
            yield Contradiction(CODE, text, at, function.name, truth=truth, tier=wrong[1])


def _slots(table: CTable) -> Iterator[tuple[str, str]]:
    """The slots that a table fills with functions, and the functions' keys."""
    if table.record == "PyType_Slot":
        for row in rows(table):
            if "slot" in row and "pfunc" in row and row["pfunc"].function:
                yield SLOT_NAMES.get(row["slot"].number, ""), row["pfunc"].function
    elif table.record in SUITE_RECORDS | {"PyTypeObject", "PyGetSetDef", "PyModuleDef"}:
        for cell in table.cells:
            if cell.function:
                yield cell.field, cell.function
