// What code lenses run: the places of a lens in VS Code's own list of references.
import * as vscode from "vscode";
import { ClientCapabilities, StaticFeature } from "vscode-languageclient/node";
import type { Location, Position } from "vscode-languageserver-types";
import { showChecksCommand } from "./checks";

export const showReferencesCommand = "gnomon.showReferences";

export function showReferences(uri: string, position: Position, locations: Location[]): Thenable<unknown> {
  const places = locations.map(({ uri: file, range }) => {
    const selection = new vscode.Range(range.start.line, range.start.character, range.end.line, range.end.character);
    return new vscode.Location(vscode.Uri.parse(file), selection);
  });
  const at = new vscode.Position(position.line, position.character);
  return vscode.commands.executeCommand("editor.action.showReferences", vscode.Uri.parse(uri), at, places);
}

// Says to the server that this client has the commands; for others the server opens the places itself.
export class KnownCommands implements StaticFeature {
  fillClientCapabilities(capabilities: ClientCapabilities): void {
    capabilities.experimental = { ...capabilities.experimental, commands: [showReferencesCommand, showChecksCommand] };
  }

  initialize(): void {}

  getState(): { kind: "static" } {
    return { kind: "static" };
  }

  clear(): void {}
}
