"""The `gnomon` command: a language server for editors, which start it with every window, and commands for people."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from gnomon.analysis.checking.process import WorkerProcess

SERVING = (["lsp"], ["lsp", "--stdio"], ["serve"], ["serve", "--stdio"])


def main() -> None:
    if sys.argv[1:] in SERVING:  # without what is only there to read other commands
        serve()
    else:
        from gnomon.server.commands import app

        app()


def serve() -> None:
    """Run the language server on standard input and output.

    Its checking process is started before anything else: both have much to import, and do so side by side. It ends with
    this one, also when no client ever asks for it.
    """
    prepared = [WorkerProcess.started()]

    from gnomon.analysis.checking.client import Client, Settings
    from gnomon.analysis.checking.settings import cores
    from gnomon.server.app import create_server

    def client(root: Path, settings: Settings) -> Client:
        return Client(root, replace(settings, jobs=cores()), prepared.pop() if prepared else None)

    create_server(client).start_io()
