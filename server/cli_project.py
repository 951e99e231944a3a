"""What the commands share: the project that paths mean, failing with a message, and talking to the checking process."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from gnomon.analysis.checking.client import Client, Settings, WorkerDied, WorkerFailed, WorkspaceFacts
from gnomon.analysis.checking.finding import CheckResult
from gnomon.analysis.configuration import configuration_of
from gnomon.analysis.workspace import Snapshot
from rich.console import Console
from rich.progress import Progress

FOUND, TROUBLE = 1, 2


class Format(str, Enum):
    text = "text"
    json = "json"


Paths = Annotated[
    list[Path] | None,
    typer.Argument(help="A project's folder (the default is the current one), or files of the current project."),
]

Latent = Annotated[
    bool,
    typer.Option("--latent", help="Also what functions expect of their callers: what fails for some of them only."),
]


def fail(message: str) -> NoReturn:
    Console(stderr=True).print(f"gnomon: {message}", style="red", highlight=False, markup=False, soft_wrap=True)
    raise typer.Exit(TROUBLE)


def warn(problem: str) -> None:
    console = Console(stderr=True)
    console.print(f"problem: {problem}", style="yellow", highlight=False, markup=False, soft_wrap=True)


def root_and_files(paths: list[Path] | None) -> tuple[Path, list[str] | None]:
    """One folder is the project; files restrict what is reported of the current folder."""
    given = paths or []
    for path in given:
        if not path.exists():
            fail(f"{path} does not exist")
    if len(given) <= 1 and all(path.is_dir() for path in given):
        return (given[0] if given else Path()).resolve(), None
    root = Path.cwd()
    folders = [path for path in given if path.is_dir()]
    files = [path for path in given if not path.is_dir()]
    files += [file for folder in folders for suffix in ("*.c", "*.h", "*.py") for file in folder.rglob(suffix)]
    snapshot = Snapshot.of(root)
    for path in files:
        if not snapshot.contains(str(path.resolve())):
            fail(f"{path} is not a file of the project in {root}; run gnomon in the folder of its project")
    return root, [str(file.resolve()) for file in files]


def need_c_files(root: Path) -> None:
    if not root.is_dir():
        fail(f"{root} is not a folder")
    snapshot = Snapshot.of(root)
    if not configuration_of(snapshot).narrowed(snapshot).c_files:
        fail(f"there are no C files in {root}: nothing to check")


def check_project(root: Path, files: list[str] | None, settings: Settings) -> CheckResult:
    """Checks, with a progress bar where a person watches."""
    with _client(root, settings) as client, progress() as shown:
        task = shown.add_task("reading", total=1.0)
        return client.check({}, files, lambda text, part: shown.update(task, completed=part, description=text))


def open_project(root: Path) -> WorkspaceFacts:
    """Both sides and their edges, nothing checked."""
    with _client(root, Settings(store=None)) as client, progress() as shown:
        shown.add_task("reading", total=None)
        return client.open({})


def progress() -> Progress:
    console = Console(stderr=True)
    return Progress(console=console, transient=True, disable=not sys.stderr.isatty())


@contextmanager
def _client(root: Path, settings: Settings) -> Iterator[Client]:
    client = Client(root, settings)
    try:
        yield client
    except (WorkerDied, WorkerFailed) as error:
        fail(str(error))
    finally:
        client.close()
