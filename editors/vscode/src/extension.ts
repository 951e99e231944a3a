// Starts the language server and keeps it; everything else is the server's.
import * as vscode from "vscode";
import { LanguageClient, LanguageClientOptions, ServerOptions } from "vscode-languageclient/node";

let client: LanguageClient | undefined;

function createClient(): LanguageClient {
  const command = vscode.workspace.getConfiguration("gnomon").get<string>("path", "gnomon");
  const server: ServerOptions = { command, args: ["serve", "--stdio"] };
  const options: LanguageClientOptions = {
    documentSelector: [
      { scheme: "file", language: "python" },
      { scheme: "file", language: "c" },
    ],
    diagnosticCollectionName: "gnomon",
  };
  return new LanguageClient("gnomon", "Gnomon", server, options);
}

async function start(): Promise<void> {
  client = createClient();
  try {
    await client.start();
  } catch (error) {
    client = undefined;
    const open = "Open Setting";
    const reason = error instanceof Error ? error.message : String(error);
    const chosen = await vscode.window.showErrorMessage(
      `Gnomon could not be started (${reason}). Is gnomon.path the path of the gnomon command?`,
      open,
    );
    if (chosen === open) await vscode.commands.executeCommand("workbench.action.openSettings", "gnomon.path");
  }
}

async function stop(): Promise<void> {
  const running = client;
  client = undefined;
  await running?.stop();
}

async function restart(): Promise<void> {
  await stop();
  await start();
}

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  context.subscriptions.push(
    vscode.commands.registerCommand("gnomon.restart", restart),
    vscode.commands.registerCommand("gnomon.checkWorkspace", () =>
      client?.sendRequest("workspace/executeCommand", { command: "gnomon.check", arguments: [] }),
    ),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("gnomon.path")) void restart();
    }),
  );
  void start();
}

export async function deactivate(): Promise<void> {
  await stop();
}
