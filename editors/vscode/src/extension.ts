// Puts the parts together: the server, the status item, the Boundary view and the commands.
import * as vscode from "vscode";
import { Middleware } from "vscode-languageclient/node";
import { Boundary } from "./boundary";
import { BoundaryView } from "./boundaryView";
import { showChecks, showChecksCommand } from "./checks";
import { debug, debugCommand } from "./debugging";
import { onFinding, replay, showScript } from "./findingCommands";
import { showReferences, showReferencesCommand } from "./lenses";
import { onInterpreterChange } from "./python";
import { Server } from "./server";
import { StatusItem } from "./statusItem";
import { hideWitness, showWitness } from "./witness";

let server: Server | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const output = vscode.window.createOutputChannel("Gnomon", { log: true });
  const status = new StatusItem();
  const middleware: Middleware = {
    handleDiagnostics: (uri, diagnostics, next) => {
      next(uri, diagnostics);
      status.count(started.client);
      view.refreshSoon();
    },
    handleWorkDoneProgress: (token, params, next) => {
      status.progress(token, params);
      next(token, params);
    },
    // VS Code takes the tokens of one server for a file: unless asked for, ours stay behind the Python server's.
    provideDocumentSemanticTokens: (document, token, next) =>
      vscode.workspace.getConfiguration("gnomon", document).get<boolean>("semanticTokens", false)
        ? next(document, token)
        : undefined,
    executeCommand: (command, words, next) => (command === debugCommand ? debug(words, next) : next(command, words)),
    didSave: async (document, next) => {
      await next(document);
      view.refreshSoon(1000);
    },
  };
  const started = new Server(output, middleware, (state) => {
    status.server(state);
    if (state === "running") view.refreshUntilKnown();
  });
  const view = new BoundaryView(async () => started.client?.sendRequest<Boundary>("gnomon/bindings", {}));
  server = started;

  const restart = (): Promise<void> => started.restart();
  const check = (): unknown => started.client?.sendRequest("workspace/executeCommand", { command: "gnomon.check" });
  const show = (): unknown => vscode.commands.executeCommand("gnomon.boundary.focus");
  context.subscriptions.push(
    output,
    status,
    view,
    vscode.window.registerTreeDataProvider("gnomon.boundary", view),
    vscode.commands.registerCommand("gnomon.restart", restart),
    vscode.commands.registerCommand("gnomon.checkWorkspace", check),
    vscode.commands.registerCommand("gnomon.showScript", () => showScript(started)),
    vscode.commands.registerCommand("gnomon.replay", () => replay(started)),
    vscode.commands.registerCommand("gnomon.debug", () => onFinding(started, debugCommand)),
    vscode.commands.registerCommand("gnomon.saveAsTest", () => onFinding(started, "gnomon.saveTest")),
    vscode.commands.registerCommand("gnomon.showWitness", () => showWitness(started)),
    vscode.commands.registerCommand("gnomon.hideWitness", () => hideWitness(started)),
    vscode.commands.registerCommand(showChecksCommand, showChecks),
    vscode.commands.registerCommand("gnomon.showBoundary", show),
    vscode.commands.registerCommand("gnomon.refreshBoundary", () => view.refreshSoon(0)),
    vscode.commands.registerCommand(showReferencesCommand, showReferences),
    vscode.commands.registerCommand("gnomon.showOutput", () => output.show()),
    vscode.workspace.onDidGrantWorkspaceTrust(restart),
    vscode.workspace.onDidChangeConfiguration((change) => {
      const needing = ["gnomon.path", "gnomon.check", "gnomon.latent", "gnomon.replay"];
      if (needing.some((name) => change.affectsConfiguration(name))) void restart();
    }),
  );
  void restart();
  void onInterpreterChange(() => void restart()).then((listening) => {
    if (listening !== undefined) context.subscriptions.push(listening);
  });
}

export async function deactivate(): Promise<void> {
  await server?.close();
}
