"""What is exercised: the extension modules of a project, what their functions take, the words of their sources,
and the calls that the project makes of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from gnomon.analysis.boundary.binding import Binding
from gnomon.analysis.exercise.seeds import Seed, seeds_of
from gnomon.analysis.navigation.parsed_arguments import python_parameters
from gnomon.analysis.syntax.csource import SourceFacts
from gnomon.analysis.workspace import Snapshot

_KINDS = ("function", "method", "getset", "member", "slot", "type")
_LITERAL = re.compile(r'"((?:[^"\\\n]|\\.){1,12})"')
_WORD = re.compile(r"(?!\.+$)[\w.,:+-]+")  # and no path: nobody knows what a function does to it
MOST_WORDS = 40


@dataclass(frozen=True, slots=True)
class Exercise:
    """`sources` are the C files of each module by its dotted name, relative to the root."""

    root: Path
    sources: Mapping[str, tuple[str, ...]]
    bindings: tuple[Binding, ...]
    keywords: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    seeds: Mapping[str, tuple[Seed, ...]] = field(default_factory=dict)

    def text(self, folder: Path, modules: Sequence[str], seconds: float, output: Path) -> str:
        """As inside/__main__.py reads it."""
        plan = {
            "folder": str(folder),
            "root": str(self.root),
            "modules": list(modules),
            "keywords": {name: list(keys) for name, keys in self.keywords.items()},
            "words": list(self.words),
            "seeds": self.seeds,
            "seconds": seconds,
            "output": str(output),
        }
        return json.dumps(plan)


def plan(snapshot: Snapshot, bindings: Iterable[Binding], facts: Mapping[str, SourceFacts]) -> Exercise:
    """Of the extensions whose sources are in the workspace."""
    chosen = tuple(b for b in bindings if b.kind in _KINDS and b.module and b.definition is not None)
    sources: dict[str, dict[str, None]] = {}
    for binding in chosen:
        # A function may be in a header (Argument Clinic's are); the table that names it is not.
        for place in (binding.definition, binding.declared):
            if place is not None and place.path.endswith(".c") and snapshot.contains(place.path):
                sources.setdefault(binding.module, {})[snapshot.relative(place.path)] = None
    named = {module: tuple(files) for module, files in sources.items()}
    return Exercise(
        snapshot.root,
        named,
        chosen,
        _keywords(snapshot, chosen, facts),
        _words(snapshot, named),
        seeds_of(snapshot, named),
    )


def _keywords(
    snapshot: Snapshot, bindings: Iterable[Binding], facts: Mapping[str, SourceFacts]
) -> dict[str, tuple[str, ...]]:
    """The names that arguments may be given by; of a type those of its constructor."""
    functions = {function.key: function for source in facts.values() for function in source.functions}
    found = {}
    for binding in bindings:
        function = functions.get(binding.native_key)
        parameters = python_parameters(snapshot, function, binding.flags) if function is not None else None
        if parameters and (named := tuple(p.name for p in parameters if p.is_keyword)):
            found[re.sub(r"\.__(?:new|init)__$", "", binding.python)] = named
    return found


def _words(snapshot: Snapshot, sources: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Short strings that the sources look for, the most frequent ones left out last."""
    found: dict[str, int] = {}
    for path in dict.fromkeys(file for files in sources.values() for file in files):
        for match in _LITERAL.finditer(snapshot.text(str(snapshot.root / path))):
            if _WORD.fullmatch(match[1]):
                found[match[1]] = found.get(match[1], 0) + 1
    return tuple(sorted(found, key=lambda word: (-found[word], word))[:MOST_WORDS])
