// Which debugger is there, and what it is told to start. Knows nothing of VS Code.

export interface Debugger {
  type: string; // as the server and launch.json call it
  extension: string;
}

// The likeliest first.
export const debuggers: readonly Debugger[] = [
  { type: "cppdbg", extension: "ms-vscode.cpptools" },
  { type: "lldb-dap", extension: "llvm-vs-code-extensions.lldb-dap" },
];

export function installed(isThere: (extension: string) => boolean): Debugger | undefined {
  return debuggers.find(({ extension }) => isThere(extension));
}

export interface Configuration {
  name: string;
  type: string;
  request: string;
  [more: string]: unknown;
}

// What the server answers to its command; undefined where there was nothing to debug, of which it has told.
export function configurationOf(answer: unknown): Configuration | undefined {
  if (typeof answer !== "object" || answer === null) return undefined;
  const { configuration } = answer as { configuration?: unknown };
  if (typeof configuration !== "object" || configuration === null) return undefined;
  const { name, type, request } = configuration as Partial<Configuration>;
  const isWhole = [name, type, request].every((field) => typeof field === "string" && field !== "");
  return isWhole ? (configuration as Configuration) : undefined;
}
