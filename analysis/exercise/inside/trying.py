"""One call tried: whether it succeeds, what it gives, and which edges ran for the first time."""

from __future__ import annotations

import types
from typing import Any

from .edges import Edges
from .history import History
from .surface import Surface

look = id  # by a name that is found at once: else looking it up would raise what is pending


class Trial:
    """`names` are what sources may use."""

    def __init__(self, names: dict[str, object], edges: Edges, surface: Surface) -> None:
        self._names = names
        self._edges = edges
        self._surface = surface

    def names(self) -> dict[str, object]:
        return dict(self._names)

    def __call__(self, history: History) -> dict[str, Any]:
        text = history.source
        if history.target.is_expression:
            text = "\n".join(history.lines("result = {}"))
        code = compile(text, "history", "exec")
        names = self.names()
        self._edges.forget()
        answer: dict[str, Any] = {"raised": "", "said": ""}
        try:
            self._run(code, names)
        except BaseException as error:  # whatever it is: it is what is looked at
            answer["raised"] = type(error).__name__
            answer["said"] = said(error)
        else:
            answer["gave"] = self._described(names.get("result"))
        names.clear()
        answer["edges"] = self._edges.new()
        return answer

    def _run(self, code: types.CodeType, names: dict[str, object]) -> None:
        exec(code, names)
        look(0)  # a slot may leave an exception behind

    def _described(self, result: object) -> str:
        """The type of a result, where it is one of the extension's."""
        of = type(result)
        if of in (int, str, bytes, float, type(None), bool, tuple, list, dict):
            return of.__name__
        if not self._surface.is_ours(of):
            return ""
        known = self._surface.types.get(of)
        return known.name if known is not None else f"{of.__module__}.{of.__qualname__}"


def said(error: BaseException) -> str:
    try:
        return str(error)[:300]
    except BaseException:
        return ""
