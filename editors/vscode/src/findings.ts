// Findings among the diagnostics of the server. Knows nothing of VS Code.

export interface Diagnosed {
  message: string;
  code?: string;
  line: number; // from 0
  lastLine: number;
  data: unknown; // what the server attached
}

export interface Finding {
  id: string;
  label: string;
  description: string;
  canRun: boolean; // is there a call of Python that leads there?
}

export function findingOf(diagnosed: Diagnosed): Finding | undefined {
  const data = diagnosed.data;
  if (typeof data !== "object" || data === null) return undefined;
  const { id, entry } = data as { id?: unknown; entry?: unknown };
  if (typeof id !== "string" || id === "") return undefined;
  return { id, label: diagnosed.message, description: diagnosed.code ?? "", canRun: typeof entry === "string" && entry !== "" };
}

// The findings on a line that can be run, else all of them that can.
export function offered(diagnosed: readonly Diagnosed[], line: number | undefined): Finding[] {
  const runnable = (listed: readonly Diagnosed[]): Finding[] =>
    listed.map(findingOf).filter((finding): finding is Finding => finding !== undefined && finding.canRun);
  const here = line === undefined ? [] : diagnosed.filter((d) => d.line <= line && line <= d.lastLine);
  const found = runnable(here);
  return found.length > 0 ? found : runnable(diagnosed);
}
