// What the status item says. Knows nothing of VS Code.

export type ServerState = "starting" | "running" | "missing" | "failed";

export interface Counts {
  errors: number;
  warnings: number;
  notes: number;
}

export interface Status {
  server: ServerState;
  progress: { percentage?: number; message?: string } | undefined; // while a check runs
  counts: Counts;
}

export interface Shown {
  text: string;
  tooltip: string;
  isProblem: boolean;
}

export function shown(status: Status): Shown {
  switch (status.server) {
    case "starting":
      return { text: "$(sync~spin) Gnomon", tooltip: "Gnomon is starting", isProblem: false };
    case "missing":
      return { text: "$(warning) Gnomon", tooltip: "The gnomon command was not found", isProblem: true };
    case "failed":
      return { text: "$(error) Gnomon", tooltip: "Gnomon has stopped; see its output", isProblem: true };
  }
  const found = counted(status.counts);
  if (status.progress === undefined) {
    return { text: `$(check) Gnomon${found.short}`, tooltip: found.long, isProblem: false };
  }
  const { percentage, message } = status.progress;
  const part = percentage === undefined ? "" : ` ${percentage}%`;
  const tooltip = message ? `Checking ${message}\n${found.long}` : `Checking\n${found.long}`;
  return { text: `$(sync~spin) Gnomon${part}${found.short}`, tooltip, isProblem: false };
}

function counted(counts: Counts): { short: string; long: string } {
  const parts: [number, string, string][] = [
    [counts.errors, "error", "error"],
    [counts.warnings, "warning", "warning"],
    [counts.notes, "info", "note"],
  ];
  const told = parts.filter(([count]) => count > 0);
  return {
    short: told.map(([count, icon]) => ` $(${icon}) ${count}`).join(""),
    long: told.map(([count, , noun]) => `${count} ${noun}${count === 1 ? "" : "s"}`).join(", ") || "No findings",
  };
}
