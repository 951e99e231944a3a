// The status item, kept up to date by what passes between the client and the server.
import * as vscode from "vscode";
import { LanguageClient } from "vscode-languageclient/node";
import { Counts, ServerState, shown, Status } from "./status";

const none: Counts = { errors: 0, warnings: 0, notes: 0 };

export class StatusItem {
  private readonly item = vscode.window.createStatusBarItem("gnomon.status", vscode.StatusBarAlignment.Left);
  private status: Status = { server: "starting", progress: undefined, counts: none };

  constructor() {
    this.item.name = "Gnomon";
    this.item.command = "gnomon.showOutput";
    this.update({});
    this.item.show();
  }

  server(state: ServerState): void {
    this.update({ server: state, progress: undefined, ...(state === "running" ? {} : { counts: none }) });
  }

  progress(value: { kind: string; percentage?: number; message?: string }): void {
    const { percentage, message } = value;
    const given = { ...(percentage === undefined ? {} : { percentage }), ...(message === undefined ? {} : { message }) };
    this.update({ progress: value.kind === "end" ? undefined : given });
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
