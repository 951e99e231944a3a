"""The subcommands of `gnomon`, a file each."""

from __future__ import annotations

from typing import Annotated

import typer
from gnomon.server.cli import serve
from gnomon.server.cli_boundary import bindings_command, stub_command
from gnomon.server.cli_check import check_command
from gnomon.server.cli_doctor import doctor_command
from gnomon.server.cli_explain import explain_command
from gnomon.server.cli_header import header_command
from gnomon.server.cli_replay import replay_command

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
app.command("check")(check_command)
app.command("explain")(explain_command)
app.command("bindings")(bindings_command)
app.command("stub")(stub_command)
app.command("replay")(replay_command)
app.command("doctor")(doctor_command)
app.command("header")(header_command)


@app.command("lsp")
@app.command("serve")
def serve_command(
    stdio: Annotated[bool, typer.Option("--stdio", help="The default, and the only way.")] = True,
) -> None:
    """Run the language server on standard input and output."""
    serve()


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"gnomon {version('gnomon')}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Gnomon: where Python meets C, checked with inputs that a person can run."""
