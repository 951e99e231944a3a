"""Run as `python -m inside PLAN`: exercises what the plan names, and writes what failed, a line of JSON each."""

from __future__ import annotations

import importlib
import json
import sys
import types
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from .cycles import Collection
from .edges import Edges
from .failures import Failures
from .forks import spent
from .history import Target
from .measuring import Measure
from .objects import namespace, texts
from .search import Search
from .stages import close_cycles, fail_allocations, fail_malloc, measure, measured, measured_failing, trace_interrupts
from .surface import Surface, ranges_of
from .trying import Runner, Trial
from .varying import vary

# Parts of the time: for new calls, for what is made of them, for failing allocations, for what is lost (and while
# allocations fail), for cycles.
_EXPLORING, _VARYING, _FAILING, _MEASURING, _LOSING, _COLLECTING = 0.3, 0.25, 0.1, 0.2, 0.1, 0.05


def main(plan_file: str) -> None:
    plan = json.loads(Path(plan_file).read_text(encoding="utf-8"))
    started, seconds = spent(), float(plan["seconds"])
    sys.path.insert(0, plan["folder"])
    extensions = [importlib.import_module(name) for name in plan["modules"]]
    packages = [importlib.import_module(name) for name in sorted({name.partition(".")[0] for name in plan["modules"]})]
    files = [str(module.__file__) for module in extensions]
    ranges = ranges_of(files)
    surface = Surface(frozenset(package.__name__ for package in packages), ranges, plan["keywords"])
    edges = Edges(min((low for low, _ in ranges), default=0))
    names = {**namespace(), **{package.__name__: package for package in packages}}
    runner = Runner(names, files)
    trial = Trial(runner, edges, surface)
    search = Search(trial, edges, surface, texts(plan["words"]), plan["seeds"], spent() + _EXPLORING * seconds)
    defect = _searched(search, surface, _targets(surface, extensions, packages), names, _VARYING * seconds)
    failures = Failures(files, {one.text: one.name for one in surface.types.values()})
    for done in search.failed:
        failures.take(done)
    look_closer(search, runner, trial, surface, failures, Path(plan["output"]), seconds)
    print(f"{search.tried} calls, {len(search.kept.histories)} kept, {spent() - started:.1f} s")
    if defect is not None:
        raise defect


def _searched(
    search: Search, surface: Surface, targets: Sequence[Target], names: Mapping[str, Any], varying: float
) -> Exception | None:
    """What ended the search before its time: a defect of ours, which costs nothing of what was found before."""
    try:
        explore(search, surface, targets, names)
        search.ends = spent() + varying
        vary(search)
    except Exception as error:
        return error
    finally:
        search.close()
    return None


def look_closer(
    search: Search, runner: Runner, trial: Trial, surface: Surface, failures: Failures, output: Path, seconds: float
) -> None:
    """Writes what is known after each stage: it is not lost when a later one does not end."""
    trace_interrupts(trial, failures)
    failures.write(output)
    cycles = close_cycles(search, Collection(runner, surface), surface, failures, spent() + _COLLECTING * seconds)
    reached = []
    failing = spent() + _FAILING * seconds
    if runner.can_fail_library:
        reached = fail_malloc(search, trial, failures, (spent() + failing) / 2)
    if runner.can_fail_allocations:
        fail_allocations(search, trial, failures, failing)
    failures.write(output)
    watched: dict[str, object] = {"None": None, "True": True, "False": False}
    watched.update((one.text, of) for of, one in surface.types.items())
    by = Measure(runner, watched)
    by.begin()
    makers = frozenset(expression for made in search.kept.made.values() for expression in made)
    measure([*cycles, *measured(search)], by, failures, makers, spent() + _MEASURING * seconds)
    failures.write(output)
    if reached or runner.can_fail_allocations:
        histories = measured_failing(search, reached, runner.can_fail_allocations)
        measure(histories, by, failures, makers, spent() + _LOSING * seconds)
    failures.write(output)


def _targets(
    surface: Surface, extensions: Sequence[types.ModuleType], packages: Sequence[types.ModuleType]
) -> list[Target]:
    targets = [target for module in extensions for target in surface.targets_of_module(module)]
    others = [package for package in packages if package not in extensions]
    return targets + [target for package in others for target in surface.targets_of_python(package)]


def explore(search: Search, surface: Surface, targets: Sequence[Target], names: Mapping[str, Any]) -> None:
    """Constructors first, as methods need objects; types that only results show are learnt on the way."""
    waiting = sorted(targets, key=lambda one: bool(one.of))
    postponed: list[Target] = []
    while waiting and not search.is_over:
        target = waiting.pop(0)
        if target.of and not search.kept.made[target.of]:
            postponed.append(target)
            continue
        search.explore(target)
        waiting += _of_new_types(search, surface, names)
        waiting += [one for one in postponed if search.kept.made[one.of]]
        postponed = [one for one in postponed if not search.kept.made[one.of]]


def _of_new_types(search: Search, surface: Surface, names: Mapping[str, Any]) -> list[Target]:
    found: list[Target] = []
    known = {one.name for one in surface.types.values()}
    for name, made in list(search.kept.made.items()):
        if made and name not in known:
            try:
                of = type(eval(made[0], dict(names)))
            except Exception:  # it takes what an earlier call left behind
                continue
            if of not in surface.types:
                found += surface.targets_of_type(of, name, f"type({made[0]})")
    return found


if __name__ == "__main__":
    main(sys.argv[1])
