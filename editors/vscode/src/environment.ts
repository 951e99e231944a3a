// Where the gnomon command may be, the likeliest first. Knows nothing of VS Code.
import * as path from "path";

export type Origin = "setting" | "environment" | "path" | "folder";

export interface Surroundings {
  setting: string; // gnomon.path; empty when it is not set
  interpreter?: string; // Python's, as the Python extension has selected it
  searchPath: string; // PATH
  folders: string[]; // of the workspace
  home: string;
  isTrusted: boolean;
}

export interface Candidate {
  command: string;
  origin: Origin;
}

// A setting stands alone: what somebody asked for is never silently replaced. In an untrusted workspace nothing that
// lies in it, or that it selects, is started.
export function candidates(around: Surroundings): Candidate[] {
  const onPath = (name: string): string[] =>
    around.searchPath
      .split(path.delimiter)
      .filter((folder) => path.isAbsolute(folder))
      .map((folder) => path.join(folder, name));
  if (around.setting !== "") {
    const written = expanded(around.setting, around);
    const commands = written.includes("/") ? [written] : onPath(written);
    return commands.map((command) => ({ command, origin: "setting" }));
  }
  const found: Candidate[] = [];
  if (around.isTrusted && around.interpreter) {
    found.push({ command: path.join(path.dirname(around.interpreter), "gnomon"), origin: "environment" });
  }
  found.push(...onPath("gnomon").map((command): Candidate => ({ command, origin: "path" })));
  if (around.isTrusted) {
    const inFolders = around.folders.flatMap((folder) => [".venv", "venv"].map((name) => path.join(folder, name)));
    found.push(...inFolders.map((venv): Candidate => ({ command: path.join(venv, "bin", "gnomon"), origin: "folder" })));
  }
  return found;
}

export function find(around: Surroundings, isExecutable: (file: string) => boolean): Candidate | undefined {
  return candidates(around).find((candidate) => isExecutable(candidate.command));
}

function expanded(setting: string, around: Surroundings): string {
  const [first] = around.folders;
  const inFolder = first === undefined ? setting : setting.replace("${workspaceFolder}", first);
  return inFolder.startsWith("~/") ? path.join(around.home, inFolder.slice(2)) : inFolder;
}

export interface Missing {
  message: string;
  python?: string; // the interpreter to install into
}

export function missing(around: Surroundings): Missing {
  if (around.setting !== "") return { message: `Gnomon: there is no command ${around.setting}, as gnomon.path says.` };
  if (!around.isTrusted) {
    return { message: "Gnomon is not on the PATH. In a workspace that is not trusted it is looked for nowhere else." };
  }
  if (around.interpreter) {
    return {
      message: `Gnomon is missing in the selected Python environment (${around.interpreter}), on the PATH and in .venv.`,
      python: around.interpreter,
    };
  }
  return { message: "Gnomon is missing: it is neither on the PATH nor in a .venv of the workspace." };
}
