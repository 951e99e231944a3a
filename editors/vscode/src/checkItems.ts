// Checks as rows of a list. Knows nothing of VS Code.

export interface Check {
  title: string; // "? bounds.read undecided (budget): a[i]"
  answer: string;
  location: { range: { start: { line: number } } };
}

export interface Item {
  label: string;
  description: string;
}

// The row says what was asked and what came of it, and on which line.
export function items(checks: readonly Check[]): Item[] {
  return checks.map(({ title, location }) => ({ label: title, description: `line ${location.range.start.line + 1}` }));
}
