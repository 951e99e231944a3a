// Commands on a finding: its script, and its replay in a terminal.
import { execFile } from "child_process";
import { promisify } from "util";
import * as vscode from "vscode";
import { Diagnosed, Finding, offered } from "./findings";
import { Server } from "./server";
import { replayCommand } from "./shell";

export async function showScript(server: Server): Promise<void> {
  const chosen = await chooseFinding(server);
  if (chosen === undefined) return;
  const task = { location: vscode.ProgressLocation.Window, title: "Gnomon: writing the script" };
  try {
    const words = ["replay", chosen.finding.id, "--script", "--root", chosen.root];
    const script = await vscode.window.withProgress(task, () => promisify(execFile)(server.command, words));
    const document = await vscode.workspace.openTextDocument({ language: "python", content: script.stdout });
    await vscode.window.showTextDocument(document);
  } catch (error) {
    const told = (error as { stderr?: string }).stderr ?? "";
    void vscode.window.showErrorMessage(told.trim() || `Gnomon: ${String(error)}`);
  }
}

// Runs the user's own code, in a sandbox: never where the workspace is not trusted.
export async function replay(server: Server): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    void vscode.window.showWarningMessage("Gnomon: a replay runs code of the workspace, which is not trusted.");
    return;
  }
  const chosen = await chooseFinding(server);
  const command = chosen && replayCommand(server.command, chosen.finding.id, chosen.root);
  if (command === undefined) return;
  const terminal = vscode.window.createTerminal("Gnomon Replay");
  terminal.show();
  terminal.sendText(command);
}

// What a lens over a finding does, for the finding at the cursor: the server's command of that name.
export async function onFinding(server: Server, command: string): Promise<void> {
  const chosen = await chooseFinding(server);
  if (chosen !== undefined) await vscode.commands.executeCommand(command, chosen.finding.id);
}

export async function chooseFinding(
  server: Server,
  isWanted?: (finding: Finding) => boolean,
): Promise<{ finding: Finding; root: string } | undefined> {
  const root = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  const editor = vscode.window.activeTextEditor;
  const found: [vscode.Uri, Diagnosed[]][] = [];
  server.client?.diagnostics?.forEach((uri, listed) => {
    found.push([uri, listed.map(diagnosed)]);
  });
  const here = found.find(([uri]) => uri.toString() === editor?.document.uri.toString());
  const inFile = offered(here?.[1] ?? [], editor?.selection.active.line, isWanted);
  const all = inFile.length > 0 ? inFile : offered(found.flatMap(([, listed]) => listed), undefined, isWanted);
  const [only] = all;
  if (root === undefined || only === undefined) {
    const what = isWanted === undefined ? "that can be run" : "with a witness";
    void vscode.window.showInformationMessage(`Gnomon: there is no finding ${what}.`);
    return undefined;
  }
  const finding = all.length === 1 ? only : await vscode.window.showQuickPick(all, { title: "Which finding?" });
  return finding && { finding, root };
}

function diagnosed(diagnostic: vscode.Diagnostic): Diagnosed {
  const { code, message, range } = diagnostic;
  const written = typeof code === "object" ? code.value : code;
  return {
    message,
    ...(written === undefined ? {} : { code: String(written) }),
    line: range.start.line,
    lastLine: range.end.line,
    data: (diagnostic as { data?: unknown }).data, // vscode-languageclient keeps it there
  };
}
