// The status item, kept up to date by what passes between the client and the server.
import * as vscode from "vscode";
import { LanguageClient } from "vscode-languageclient/node";
import { Counts, Progress, progressed, Reported, ServerState, shown, Status } from "./status";

const none: Counts = { errors: 0, warnings: 0, notes: 0 };

export class StatusItem {
  private readonly item = vscode.window.createStatusBarItem("gnomon.status", vscode.StatusBarAlignment.Left);
  private readonly running = new Map<string | number, Progress>();
  private status: Status = { server: "starting", progress: undefined, counts: none };

  constructor() {
    this.item.name = "Gnomon";
    this.item.command = "gnomon.showOutput";
    this.update({});
    this.item.show();
  }

  server(state: ServerState): void {
    this.running.clear();
    this.update({ server: state, progress: undefined, ...(state === "running" ? {} : { counts: none }) });
  }

  // The newest of what runs is shown.
  progress(token: string | number, reported: Reported): void {
    const progress = progressed(this.running.get(token), reported);
    if (progress === undefined) this.running.delete(token);
    else this.running.set(token, progress);
    this.update({ progress: [...this.running.values()].pop() });
  }

  count(client: LanguageClient | undefined): void {
    const counts: Counts = { ...none };
    client?.diagnostics?.forEach((_, listed) => {
      for (const { severity } of listed) {
        if (severity === vscode.DiagnosticSeverity.Error) counts.errors += 1;
        else if (severity === vscode.DiagnosticSeverity.Warning) counts.warnings += 1;
        else counts.notes += 1;
      }
    });
    this.update({ counts });
  }

  dispose(): void {
    this.item.dispose();
  }

  private update(changes: Partial<Status>): void {
    this.status = { ...this.status, ...changes };
    const { text, tooltip, isProblem } = shown(this.status);
    this.item.text = text;
    this.item.tooltip = tooltip;
    this.item.backgroundColor = isProblem ? new vscode.ThemeColor("statusBarItem.warningBackground") : undefined;
  }
}
