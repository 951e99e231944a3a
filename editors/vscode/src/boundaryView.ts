// The "Boundary" view: libraries, their functions, and who calls them.
import * as vscode from "vscode";
import { Boundary, Row, rows } from "./boundary";

const patience = 60; // seconds that a new server has to know its first edge

export class BoundaryView implements vscode.TreeDataProvider<Row> {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private shown: Row[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly ask: () => Promise<Boundary | undefined>) {}

  // Once typing and checking have paused.
  refreshSoon(delay = 300): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.refresh(), delay);
  }

  // A server that was just started knows nothing for a moment.
  refreshUntilKnown(seconds = patience): void {
    clearTimeout(this.timer);
    if (seconds <= 0) return;
    this.timer = setTimeout(async () => {
      if (!(await this.refresh())) this.refreshUntilKnown(seconds - 1);
    }, 1000);
  }

  private async refresh(): Promise<boolean> {
    const answer = await this.ask().catch(() => undefined);
    if (answer === undefined) return false;
    const found = rows(answer);
    if (JSON.stringify(found) !== JSON.stringify(this.shown)) {
      this.shown = found;
      this.changed.fire();
    }
    return found.length > 0;
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.changed.dispose();
  }

  getChildren(row?: Row): Row[] {
    return row === undefined ? this.shown : row.children;
  }

  getTreeItem(row: Row): vscode.TreeItem {
    const { None, Collapsed } = vscode.TreeItemCollapsibleState;
    const item = new vscode.TreeItem(row.label, row.children.length > 0 ? Collapsed : None);
    item.id = row.id;
    item.description = row.description;
    item.tooltip = row.tooltip;
    item.iconPath = new vscode.ThemeIcon(row.icon);
    if (row.location !== undefined) {
      const { start, end } = row.location.range;
      const selection = new vscode.Range(start.line, start.character, end.line, end.character);
      const target = vscode.Uri.parse(row.location.uri);
      item.command = { command: "vscode.open", title: "Open", arguments: [target, { selection }] };
    }
    return item;
  }
}
