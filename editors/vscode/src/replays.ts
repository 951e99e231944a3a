// When code of the workspace may be compiled and run, as the server is told. Knows nothing of VS Code.

export type Replays = "never" | "asked" | "idle";

// Without trust a setting counts for nothing: it may be the workspace's own.
export function replaysAllowed(isTrusted: boolean, setting: unknown): Replays {
  if (!isTrusted) return "never";
  return setting === "idle" ? "idle" : "asked";
}
