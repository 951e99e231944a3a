// What the lens over a checked function runs: its checks in a list; the chosen one is shown where it stands.
import * as vscode from "vscode";
import type { Location } from "vscode-languageserver-types";
import { Check, items } from "./checkItems";

export const showChecksCommand = "gnomon.showChecks";

export async function showChecks(title: string, checks: (Check & { location: Location })[]): Promise<void> {
  const offered = items(checks).map((item, number) => ({ ...item, location: checks[number]?.location }));
  const chosen = await vscode.window.showQuickPick(offered, { title, matchOnDescription: true });
  if (chosen?.location === undefined) return;
  const { uri, range } = chosen.location;
  const selection = new vscode.Range(range.start.line, range.start.character, range.end.line, range.end.character);
  await vscode.window.showTextDocument(vscode.Uri.parse(uri), { selection });
}
