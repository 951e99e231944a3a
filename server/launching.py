"""Launch configurations for debuggers, and `.vscode/launch.json`, which VS Code and others read them from."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Literal, get_args

from gnomon.analysis.replay.debugging import Debugging, gdb_breakpoint, quoted
from gnomon.server.jsonc import Node, NoJsonError, parse

Debugger = Literal["cppdbg", "lldb-dap", "gdb"]
DEBUGGERS: tuple[Debugger, ...] = get_args(Debugger)


def configuration(what: Debugging, debugger: Debugger) -> dict[str, Any]:
    """As an adapter of that type wants it: VS Code's for C++, LLVM's, or gdb's own."""
    common: dict[str, Any] = {"name": what.name, "type": debugger, "request": "launch"}
    common |= {"program": what.program, "args": list(what.arguments), "cwd": what.folder}
    match debugger:
        case "cppdbg":
            return {
                **common,
                "environment": [{"name": name, "value": value} for name, value in what.variables.items()],
                "MIMode": "gdb",
                "setupCommands": [{"text": "set breakpoint pending on"}, {"text": gdb_breakpoint(what)}],
            }
        case "lldb-dap":
            at = f"breakpoint set --file {quoted(what.path)} --line {what.line}"
            variables = [f"{name}={value}" for name, value in what.variables.items()]
            return {**common, "env": variables, "preRunCommands": [at]}
        case "gdb":
            return {**common, "env": dict(what.variables)}


def write(root: Path, added: dict[str, Any]) -> Path:
    """Puts the configuration into the file, in place of one of its name; all else in it stays as it is. Raises
    NoJsonError and OSError."""
    path = root / ".vscode" / "launch.json"
    text = path.read_bytes().decode("utf-8") if path.exists() else ""
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(merged(text, added).encode("utf-8"))
    return path


def merged(text: str, added: dict[str, Any]) -> str:
    """The file's text with the configuration in it. Raises NoJsonError."""
    root = parse(text)
    if root is None:
        return text + json.dumps({"version": "0.2.0", "configurations": [added]}, indent=4) + "\n"
    if root.kind != "object":
        raise NoJsonError("it holds no object")
    newline = "\r\n" if "\r\n" in text else "\n"
    found = re.search(r"^([ \t]+)\S", text, re.M)
    unit = found[1] if found is not None else "    "
    new = json.dumps(added, indent=unit).replace("\n", f"\n{unit * 2}").replace("\n", newline)
    listed = root.members.get("configurations")
    if listed is None:
        comma = "," if root.members else ""
        member = f'{newline}{unit}"configurations": [{newline}{unit * 2}{new}{newline}{unit}]{comma}'
        return text[: root.start + 1] + member + text[root.start + 1 :]
    if listed.kind != "array":
        raise NoJsonError("its configurations are no list")
    same = next((item for item in listed.items if _name(item) == added["name"]), None)
    if same is not None:
        return text[: same.start] + new + text[same.end :]
    return _appended(text, listed, new, newline, unit)


def _name(item: Node) -> str | None:
    name = item.members.get("name")
    return name.string if name is not None else None


def _appended(text: str, listed: Node, new: str, newline: str, unit: str) -> str:
    """Before the closing bracket, so that a comment behind the last one stays with it."""
    last = listed.items[-1].end if listed.items else listed.start + 1
    comma = "," if listed.items and not listed.has_comma else ""
    between = text[last : listed.end - 1].rstrip()
    return f"{text[:last]}{comma}{between}{newline}{unit * 2}{new}{newline}{unit}{text[listed.end - 1 :]}"
