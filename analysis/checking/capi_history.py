"""Histories of calls in the making: what loads a module, makes objects, and calls them."""

from __future__ import annotations

from dataclasses import dataclass, field

from gnomon.analysis.checking.capi_shapes import ANY, ARGUMENTS, SELF, VIEW
from gnomon.analysis.checking.entry import Argument, ConstantArgument, EntryStep, ResultArgument

FIRST_ID = 0x100  # of any objects: see models/cpython.h
LETS_HAPPEN = "gnomon_let_rarely_happen"
USUAL_ARGUMENTS, MOST_ARGUMENTS = 8, 24  # of a call: see models/cpython_harness.c
LET_GO = {  # what was passed, by what made it
    "gnomon_argument": "gnomon_let_go",
    "gnomon_arguments": "gnomon_let_arguments_go",
    "gnomon_vector": "gnomon_let_vector_go",
}


@dataclass(slots=True)
class History:
    """Steps in the making. What Python holds is let go at the end, the last first."""

    steps: list[EntryStep] = field(default_factory=list)
    held: list[EntryStep] = field(default_factory=list)  # that let go of what is held
    roots: int = 0

    def copy(self) -> History:
        return History(list(self.steps), list(self.held), self.roots)

    def add(self, function: str, *arguments: Argument, python: str = "") -> ResultArgument:
        self.steps.append(EntryStep(function, arguments, python))
        return ResultArgument(len(self.steps) - 1)

    def new_id(self) -> ConstantArgument:
        self.roots += 1
        return ConstantArgument(FIRST_ID + self.roots - 1)

    def with_rare(self) -> History:
        """A copy, in whose next call one allocation may fail, or code of Python's may empty a container."""
        copied = self.copy()
        copied.add(LETS_HAPPEN)
        return copied

    def let_go(self, mark: int) -> None:
        """Of what is held, what came after the first `mark` goes at once: arguments that nobody else has."""
        for step in reversed(self.held[mark:]):
            (passed,) = step.arguments
            assert isinstance(passed, ResultArgument)
            function = LET_GO[self.steps[passed.step].function]
            self.steps.append(EntryStep(function, step.arguments, ""))
        del self.held[mark:]

    def any(self) -> ResultArgument:
        return self.hold(self.add("gnomon_argument", self.new_id()))

    def arguments(self, most: int = USUAL_ARGUMENTS) -> ResultArgument:
        return self.hold(self.add("gnomon_arguments", self.new_id(), ConstantArgument(most)))

    def vector(self, most: int) -> tuple[ResultArgument, ResultArgument]:
        """Arguments one after the other, and their number."""
        number, bound = self.new_id(), ConstantArgument(most)
        vector = self.hold(self.add("gnomon_vector", number, bound), "gnomon_drop_vector")
        return vector, self.add("gnomon_count", vector, number, bound)

    def view(self) -> ResultArgument:
        """A buffer, which whoever fills it gets back in the end."""
        return self.hold(self.add("gnomon_view"), "gnomon_drop_view")

    def given(self, argument: str | Argument, receiver: Argument, most: int) -> Argument:
        """An argument of a shape; in a tuple so many at most."""
        if not isinstance(argument, str):
            return argument
        if argument == ARGUMENTS:
            return self.arguments(most)
        return {SELF: lambda: receiver, ANY: self.any, VIEW: self.view}[argument]()

    def hold(self, result: ResultArgument, function: str = "gnomon_drop") -> ResultArgument:
        self.held.append(EntryStep(function, (result,), ""))
        return result

    def ended(self) -> tuple[EntryStep, ...]:
        return (*self.steps, EntryStep("gnomon_over", (), ""), *reversed(self.held))
