"""How Python calls the slots of a type: with what, how a script writes it, and who looks at the result."""

from __future__ import annotations

from dataclasses import dataclass

from gnomon.analysis.checking.entry import Argument, ConstantArgument, IntegerArgument, NullArgument

ANY = "any"  # an argument: any object
ARGUMENTS = "arguments"  # a tuple of them
SELF = "self"
VIEW = "view"  # a Py_buffer to be filled

COLLECTION = "gc.collect()"  # how a script lets a `tp_traverse` be called
REFERS_WEAKLY = "seen = weakref.ref(made, gone.append)"

NEXT = "gnomon_end_next"
END = "gnomon_end_call"  # looks at the object that is given back


@dataclass(frozen=True, slots=True)
class Shape:
    """How Python calls a slot: the arguments, how a script writes it, and who looks at the result."""

    arguments: tuple[str | Argument, ...]
    python: str
    end: str = END


FULL_READ_ONLY = 0x011C  # PyBUF_FULL_RO

STATUS, _SIZE = "gnomon_end_status", "gnomon_end_size"  # of functions that return an int, or a Py_ssize_t
AGAIN = Shape((SELF, ARGUMENTS, NullArgument()), "made.__init__({*})", STATUS)  # tp_init
_INDEX = IntegerArgument("index", 64, True)
_BINARY = {
    "nb_add": "+", "nb_subtract": "-", "nb_multiply": "*", "nb_remainder": "%", "nb_lshift": "<<", "nb_rshift": ">>",
    "nb_and": "&", "nb_xor": "^", "nb_or": "|", "nb_floor_divide": "//", "nb_true_divide": "/",
    "nb_matrix_multiply": "@",
}  # fmt: skip
_UNARY = {"nb_negative": "-made", "nb_positive": "+made", "nb_invert": "~made", "nb_absolute": "abs(made)"}
_COMPARISONS = ("<", "<=", "==", "!=", ">", ">=")

SHAPES: dict[str, tuple[Shape, ...]] = {
    "tp_repr": (Shape((SELF,), "repr(made)"),),
    "tp_str": (Shape((SELF,), "str(made)"),),
    "tp_call": (Shape((SELF, ARGUMENTS, NullArgument()), "made({*})"),),
    "tp_iter": (Shape((SELF,), "iter(made)"),),
    "tp_iternext": (Shape((SELF,), "next(made, None)", NEXT),),
    "tp_hash": (Shape((SELF,), "hash(made)", "gnomon_end_hash"),),
    "nb_int": (Shape((SELF,), "int(made)"),),
    "nb_float": (Shape((SELF,), "float(made)"),),
    "nb_index": (Shape((SELF,), "made.__index__()"),),
    "bf_getbuffer": (Shape((SELF, VIEW, ConstantArgument(FULL_READ_ONLY)), "memoryview(made)", STATUS),),
    "nb_bool": (Shape((SELF,), "bool(made)", STATUS),),
    "sq_length": (Shape((SELF,), "len(made)", _SIZE),),
    "mp_length": (Shape((SELF,), "len(made)", _SIZE),),
    "mp_subscript": (Shape((SELF, ANY), "made[{0}]"),),
    "mp_ass_subscript": (
        Shape((SELF, ANY, ANY), "made[{0}] = {1}", STATUS),
        Shape((SELF, ANY, NullArgument()), "del made[{0}]", STATUS),
    ),
    "sq_item": (Shape((SELF, _INDEX), "made[{0}]"),),
    "sq_ass_item": (
        Shape((SELF, _INDEX, ANY), "made[{0}] = {1}", STATUS),
        Shape((SELF, _INDEX, NullArgument()), "del made[{0}]", STATUS),
    ),
    "sq_contains": (Shape((SELF, ANY), "{0} in made", STATUS),),
    "sq_concat": (Shape((SELF, ANY), "made + {0}"),),
    "sq_inplace_concat": (Shape((SELF, ANY), "made += {0}"),),
    "sq_repeat": (Shape((SELF, _INDEX), "made * {0}"),),
    "sq_inplace_repeat": (Shape((SELF, _INDEX), "made *= {0}"),),
    "nb_divmod": (Shape((SELF, ANY), "divmod(made, {0})"), Shape((ANY, SELF), "divmod({0}, made)")),
    "tp_richcompare": tuple(
        Shape((SELF, ANY, ConstantArgument(number)), f"made {operator} {{0}}")
        for number, operator in enumerate(_COMPARISONS)
        if operator in ("<", "==")
    ),
    **{slot: (Shape((SELF,), python),) for slot, python in _UNARY.items()},
    **{
        slot: (Shape((SELF, ANY), f"made {operator} {{0}}"), Shape((ANY, SELF), f"{{0}} {operator} made"))
        for slot, operator in _BINARY.items()
    },
    **{
        slot.replace("nb_", "nb_inplace_"): (Shape((SELF, ANY), f"made {operator}= {{0}}"),)
        for slot, operator in _BINARY.items()
    },
}
HIDDEN_BY = {"sq_item": "mp_subscript", "sq_ass_item": "mp_ass_subscript"}  # Python asks these first


def passing(shape: Shape, argument: str | Argument, name: str) -> Shape | None:
    """An object, which a script calls `name`, in place of the first one that is passed; None where none is."""
    if ANY not in shape.arguments:
        return None
    at = shape.arguments.index(ANY)
    arguments = (*shape.arguments[:at], argument, *shape.arguments[at + 1 :])
    return Shape(arguments, shape.python.replace("{0}", name).replace("{1}", "{0}"), shape.end)


def setting(attribute: str) -> tuple[Shape, ...]:
    """Of the setter of an attribute."""
    return (
        Shape((SELF, ANY, NullArgument()), f"made.{attribute} = {{0}}", STATUS),
        Shape((SELF, NullArgument(), NullArgument()), f"del made.{attribute}", STATUS),
    )
