// What the status item says. Knows nothing of VS Code.

export type ServerState = "starting" | "running" | "missing" | "failed";

export interface Counts {
  errors: number;
  warnings: number;
  notes: number;
}

export interface Status {
  server: ServerState;
  progress: Progress | undefined; // while something runs
  counts: Counts;
}

export interface Progress {
  activity: string; // "checking", "exercising", ...
  percentage?: number;
  message?: string;
}

// As the server reports it.
export interface Reported {
  kind: string;
  percentage?: number;
  message?: string;
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
  const { activity, percentage, message } = status.progress;
  const part = percentage === undefined ? "" : ` ${percentage}%`;
  const told = message === undefined ? activity : activity === "checking" ? `${activity} ${message}` : message;
  const tooltip = `${told.charAt(0).toUpperCase()}${told.slice(1)}\n${found.long}`;
  return { text: `$(sync~spin) Gnomon${part}${found.short}`, tooltip, isProblem: false };
}

// What a report makes of what was known; nothing when it has ended.
export function progressed(before: Progress | undefined, reported: Reported): Progress | undefined {
  const { kind, percentage, message } = reported;
  if (kind === "end") return undefined;
  const part = percentage === undefined ? {} : { percentage };
  if (kind === "begin") return { activity: message ?? "checking", ...part };
  return { activity: before?.activity ?? "checking", ...part, ...(message === undefined ? {} : { message }) };
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
