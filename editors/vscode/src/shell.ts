// Commands as they are typed into a terminal. Knows nothing of VS Code.

export function quoted(words: readonly string[]): string {
  return words.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replace(/'/g, `'\\''`)}'`)).join(" ");
}

export function installCommand(python: string): string {
  return quoted([python, "-m", "pip", "install", "gnomon"]);
}

// Findings are known by hexadecimal digits: whatever else a server may send is not typed into a terminal.
export function replayCommand(gnomon: string, finding: string, root: string): string | undefined {
  return /^[0-9a-f]+$/.test(finding) ? quoted([gnomon, "replay", finding, "--root", root]) : undefined;
}
