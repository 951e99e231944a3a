"""Functions that a `cdef` declares, against the functions that there are."""

from __future__ import annotations

from collections.abc import Iterator

from gnomon.analysis.boundary.binding import Binding, Span
from gnomon.analysis.contracts.c_difference import difference, is_number_wider, is_truth, other_sign
from gnomon.analysis.contracts.c_values import bare
from gnomon.analysis.contracts.cffi_declared import called_through, declared_interfaces
from gnomon.analysis.contracts.contradiction import Contradiction, Subject
from gnomon.analysis.metamodel import FunctionType, Void, spell


def check(subject: Subject) -> Iterator[Contradiction]:
    """Functions of a `cdef` with other parameters or another result than the library's.

    A library that is opened with `dlopen` is called as declared, whatever it takes. Where a C compiler sees the `cdef`
    (`set_source`), it converts and refuses by itself; only a result that is cut passes it in silence.

    Example: `ffi.cdef("int ring_size(void *r);")` for `size_t ring_size(struct ring *r)`.
    """
    for declared in declared_interfaces(subject):
        for binding, mine, place in called_through(subject, declared):
            if binding.type is None:
                continue
            if declared.interface.is_abi:
                yield from _compared(binding, mine, binding.type, place)
            elif not is_truth(mine.result) and is_number_wider(mine.result, binding.type.result):
                text = f"result of `{binding.native}`: {difference(mine.result, binding.type.result)}"
                yield _said(binding, "contract.restype", text, place)


def _compared(binding: Binding, mine: FunctionType, true: FunctionType, place: Span) -> Iterator[Contradiction]:
    counts = len(mine.parameters), len(true.parameters)
    if mine.is_variadic != true.is_variadic:
        text = f"`{binding.native}` is declared {'with' if mine.is_variadic else 'without'} `...`, and C"
        text += " takes more arguments behind its parameters" if true.is_variadic else " takes only its parameters"
        yield _said(binding, "contract.variadic", text, place)
    elif counts[0] != counts[1]:
        text = f"`{binding.native}` is declared with {_counted(counts[0])}, and the function takes {counts[1]}"
        yield _said(binding, "contract.argtypes", text, place)
    else:
        yield from _arguments(binding, mine, true, place)
    if isinstance(bare(mine.result), Void):
        return  # a result that is not looked at
    if isinstance(bare(true.result), Void):
        text = f"result of `{binding.native}`: `{spell(mine.result)}` is declared, and the function returns nothing"
    elif why := difference(mine.result, true.result) or other_sign(mine.result, true.result):
        text = f"result of `{binding.native}`: {why}"
    else:
        return
    yield _said(binding, "contract.restype", text, place)


def _arguments(binding: Binding, mine: FunctionType, true: FunctionType, place: Span) -> Iterator[Contradiction]:
    for number, (one, other) in enumerate(zip(mine.parameters, true.parameters, strict=True), 1):
        why = difference(one.type, other.type) or other_sign(one.type, other.type)
        if why:
            name = f" `{other.name}`" if other.name else ""
            code = "contract.callback" if "function pointed to" in why else "contract.argtypes"
            yield _said(binding, code, f"argument {number}{name} of `{binding.native}`: {why}", place)


def _counted(count: int) -> str:
    return "1 parameter" if count == 1 else f"{count} parameters"


def _said(binding: Binding, code: str, text: str, at: Span) -> Contradiction:
    return Contradiction(code, text, at, binding.native, binding.python, binding.definition)
