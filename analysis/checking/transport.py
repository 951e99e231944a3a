"""How facts go from the worker to the server: pickled as a call of their class with the values of their fields.

That is what they are made of. Left alone, pickle asks for the list of the fields of every single fact, on both sides.
"""

from __future__ import annotations

import copyreg
import operator
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from types import ModuleType
from typing import Any

from gnomon.analysis import metamodel
from gnomon.analysis.boundary import binding
from gnomon.analysis.checking import finding
from gnomon.analysis.syntax import csource

CARRIED = (csource, metamodel, binding, finding)


def register() -> None:
    """From now on, in this process."""
    for module in CARRIED:
        for kind in _facts(module):
            copyreg.pickle(kind, _taken_apart(kind))


def _facts(module: ModuleType) -> Iterator[type]:
    """The module's own dataclasses that can be made from the values of their fields again."""
    for kind in vars(module).values():
        is_own = isinstance(kind, type) and kind.__module__ == module.__name__ and is_dataclass(kind)
        if is_own and not hasattr(kind, "__post_init__") and all(listed.init for listed in fields(kind)):
            yield kind


def _taken_apart(kind: type) -> Callable[[Any], tuple[type, tuple[Any, ...]]]:
    names = [listed.name for listed in fields(kind)]
    if len(names) < 2:  # an attrgetter of one name gives no tuple
        return lambda fact: (kind, tuple(getattr(fact, name) for name in names))
    values = operator.attrgetter(*names)
    return lambda fact: (kind, values(fact))
