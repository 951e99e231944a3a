"""Where replays run: no network, few rights, limits on time, files and processes, a file system that is read-only where
bubblewrap is there. Without a way to cut the network nothing runs.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from gnomon.analysis.replay.report import ReplayRefusedError
from gnomon.analysis.shadows.stack import STACK_BYTES

SECONDS = 60
FILE_BYTES = 16 << 20
OUTPUT_BYTES = 1 << 20
PROCESSES = 64

# Runs inside the sandbox, before the program: address space cannot be limited, as ASan reserves terabytes of it.
_LIMITS = """
import os, resource, sys
def limit(what, amount):
    hard = resource.getrlimit(what)[1]
    resource.setrlimit(what, (amount, amount) if hard == resource.RLIM_INFINITY else (min(amount, hard),) * 2)
limit(resource.RLIMIT_CPU, {seconds})
limit(resource.RLIMIT_FSIZE, {file_bytes})
limit(resource.RLIMIT_CORE, 0)
limit(resource.RLIMIT_STACK, {stack_bytes})
limit(resource.RLIMIT_NPROC, {processes})
os.execv(sys.argv[1], sys.argv[1:])
"""


_RIGHTS: tuple[list[str], ...] = (["--map-root-user"], [])
# All but the folder is read-only, as far as mounts below the root allow.
_READ_ONLY = 'mount --bind "$0" "$0" && mount -o remount,bind,ro / && cd "$0" && exec "$@"'


@dataclass(frozen=True, slots=True)
class Run:
    """What a program left. `status` is its exit status, negative for the signal that ended it."""

    status: int
    output: str
    timed_out: bool = False


def confinement(scratch: Path, alone: bool = False) -> list[str]:
    """The command that starts another one without network; `alone`: and so that it sees no other process. Raises
    ReplayRefusedError when this machine has none."""
    candidates: list[list[str]] = []
    if bubblewrap := shutil.which("bwrap"):
        mounts = ["--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--bind", str(scratch), str(scratch)]
        candidates.append([bubblewrap, *mounts, "--unshare-all", "--die-with-parent", "--chdir", str(scratch), "--"])
    if unshare := shutil.which("unshare"):
        if alone:
            more = ["--net", "--pid", "--fork", "--kill-child", "--mount-proc"]
            read_only = ["sh", "-c", _READ_ONLY, str(scratch)]
            candidates += [[unshare, *more, *rights, "--", *last] for last in (read_only, []) for rights in _RIGHTS]
        else:
            candidates += [[unshare, "--net", *rights, "--"] for rights in _RIGHTS]
    for candidate in candidates:
        if subprocess.run([*candidate, "true"], capture_output=True, timeout=SECONDS).returncode == 0:
            return candidate
    raise ReplayRefusedError(
        "nothing here can cut a program from the network, so nothing is run: neither bwrap (bubblewrap) nor unshare "
        "works; in a container, user namespaces may have to be allowed"
    )


def run(
    command: Sequence[str],
    scratch: Path,
    variables: Mapping[str, str],
    seconds: float = SECONDS,
    alone: bool = False,
    file_bytes: int = FILE_BYTES,
) -> Run:
    """Runs a command in the folder `scratch`, with an environment of these variables and little more."""
    scratch = scratch.resolve()
    limited = _LIMITS.format(seconds=SECONDS, file_bytes=file_bytes, stack_bytes=STACK_BYTES, processes=PROCESSES)
    limits = [sys.executable, "-I", "-S", "-c", limited]
    words = [*_as_long_as_we(), *confinement(scratch, alone), *limits, *_with_variables(command, variables)]
    environment = {"PATH": os.defpath, "HOME": str(scratch), "TMPDIR": str(scratch), "LC_ALL": "C.UTF-8"}
    output = scratch / "output.txt"
    with output.open("wb") as sink:
        process = subprocess.Popen(
            words,
            cwd=scratch,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            status = process.wait(seconds)
            timed_out = False
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            status = process.wait()
            timed_out = True
        except BaseException:  # whoever wanted it is being ended
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            raise
    with output.open("rb") as source:
        return Run(status, source.read(OUTPUT_BYTES).decode("utf-8", "replace"), timed_out)


def _as_long_as_we() -> list[str]:
    """It ends when this process is killed, too."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "KILL", "--"] if setpriv is not None else []


def _with_variables(command: Sequence[str], variables: Mapping[str, str]) -> list[str]:
    """Sets the variables for the program alone: the sandbox's own programs must not load the sanitizers."""
    env = shutil.which("env", path=os.defpath) or "/usr/bin/env"
    return [env, *(f"{name}={value}" for name, value in variables.items()), *command]
