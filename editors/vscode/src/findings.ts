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
  hasWitness: boolean; // are there steps that lead there?
}

export function findingOf(diagnosed: Diagnosed): Finding | undefined {
  const data = diagnosed.data;
  if (typeof data !== "object" || data === null) return undefined;
  const { id, entry, state, steps } = data as { id?: unknown; entry?: unknown; state?: unknown; steps?: unknown };
  if (typeof id !== "string" || id === "") return undefined;
  const canRun = typeof entry === "string" && entry !== "";
  const hasWitness = typeof steps === "number" && steps > 0;
  const isReplayed = typeof state === "string" && state !== "confirmed";
  const description = [diagnosed.code ?? "", ...(isReplayed ? [state] : [])].join(", ");
  const [label = ""] = diagnosed.message.split("\n"); // what a replay said comes behind it
  return { id, label, description, canRun, hasWitness };
}

// The findings on a line that are wanted, else all that are: those that can be run, unless something else is said.
export function offered(
  diagnosed: readonly Diagnosed[],
  line: number | undefined,
  isWanted: (finding: Finding) => boolean = ({ canRun }) => canRun,
): Finding[] {
  const wanted = (listed: readonly Diagnosed[]): Finding[] =>
    listed.map(findingOf).filter((finding): finding is Finding => finding !== undefined && isWanted(finding));
  const here = line === undefined ? [] : diagnosed.filter((d) => d.line <= line && line <= d.lastLine);
  const found = wanted(here);
  return found.length > 0 ? found : wanted(diagnosed);
}
