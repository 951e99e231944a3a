"""Histories: a few calls, the last of which is what is tried. They are written as Python writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

_VARIABLE = re.compile(r"\b(?:made|argument_\d+)\b")
_AT_HAND = re.compile(r"\b(?:Changing|Text|Number)\(")  # instances that change what is at hand

KEY = "=>"  # between the name of an argument and its value


@dataclass(frozen=True, slots=True)
class Target:
    """What can be called. `form` has "{}" where the arguments stand: "ext.fill({})", "made.push({})", "made.size = {}".
    `name` is the Python name: "pkg.ext.Type.push". `of` is the type whose objects it is called on, "" for none."""

    name: str
    form: str
    of: str = ""
    most: int = 4  # arguments
    least: int = 0
    is_expression: bool = True
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    """`made`: the expression of the object that the target is called on. `before`: statements on it that come first,
    and may raise; `after` come last, and may raise, too. `failing`: the allocation of this number fails in the last
    call, none when it is negative: of the interpreter's, or of those that the extension asks the C library for.
    Arguments may be variables: "made", and those of the arguments before."""

    target: Target
    arguments: tuple[str, ...] = ()
    made: str = ""
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    failing: int = -1
    of_library: bool = False

    @property
    def call(self) -> str:
        return self.target.form.format(", ".join(self._names()))

    def _names(self) -> list[str]:
        """As the call writes them: plain ones as they are."""
        return [f"{key}={name}" if key else name for name, key, _ in self._variables()]

    def _variables(self) -> list[tuple[str, str, str]]:
        found = []
        for index, argument in enumerate(self.arguments, 1):
            key, _, value = argument.rpartition(KEY)
            found.append((f"argument_{index}", key, value))
        return found

    def lines(self, of_call: str = "{}") -> list[str]:
        """The statements up to the last call, which is written into `of_call`."""
        lines = [f"made = {self.made}"] if self.made else []
        variables = self._variables()
        lines += [f"{name} = {value}" for name, _, value in variables]
        if any(map(_AT_HAND.search, (self.made, *self.before, *(value for _, _, value in variables)))):
            at_hand = [*(["made"] if self.made else []), *(name for name, _, _ in variables)]
            lines.append(f"things[:] = [{', '.join(at_hand)}]")
        for statement in self.before:
            lines += ["try:", f"    {statement}", "except Exception:", "    pass"]
        if "Interrupt" in "".join(self.arguments):
            lines.append("Any.raised.clear()")
        return [*lines, of_call.format(self.call)]

    @property
    def source(self) -> str:
        return "\n".join([*self.lines(), *self.after])

    @property
    def expression(self) -> str:
        """All of it as one expression, "" where that cannot be."""
        is_told = self.before or self.after or any(map(_VARIABLE.search, self.arguments))
        if is_told or not self.target.is_expression:
            return ""
        values = [f"{key}={value}" if key else value for _, key, value in self._variables()]
        text = self.target.form.format(", ".join(values))
        return text.replace("made", f"({self.made})", 1) if self.made else text

    @property
    def holds_itself(self) -> bool:
        return any("made" in _VARIABLE.findall(argument) for argument in self.arguments)

    def with_arguments(self, arguments: tuple[str, ...]) -> History:
        return replace(self, arguments=arguments)

    @property
    def size(self) -> int:
        return len(self.source) + 100 * len(self.before)


_TEXT = re.compile(r"(?<![\w'\"\\(])'(?P<text>\w{2,})'(?!')")


def with_fresh_texts(history: History) -> History:
    """With strings that nobody else has: the interpreter keeps those of sources, so that none of them is ever lost."""

    def fresh(source: str) -> str:
        return _TEXT.sub(r"fresh('\g<text>')", source)

    return replace(
        history,
        arguments=tuple(map(fresh, history.arguments)),
        made=fresh(history.made),
        before=tuple(map(fresh, history.before)),
    )


def made_alone(history: History) -> History:
    """The object is made, and nothing is called on it."""
    return History(Target(history.target.of, history.made.replace("{", "{{").replace("}", "}}"), most=0))


def uncalled(history: History) -> History:
    """All is made that the call takes, and done that comes before it; it is not called."""
    target = replace(history.target, form="(lambda *_, **named: None)({})", is_expression=True)
    return replace(history, target=target, after=())
