"""`gnomon header`: the header that programs include, for builds of a project's own."""

from __future__ import annotations

from typing import Annotated

import typer
from gnomon.analysis import header


def header_command(
    folder: Annotated[bool, typer.Option("--folder", help="The folder that it is in, for `-I`, instead.")] = False,
) -> None:
    """Print gnomon.h: assertions that ask about types, undefined values and taint, assumptions, and entries.

    Gnomon finds it by itself; compilers see nothing of what it defines, and need it to be found: a copy in the project,
    or `-I"$(gnomon header --folder)"`.
    """
    print(header.FOLDER if folder else header.text(), end="\n" if folder else "")
