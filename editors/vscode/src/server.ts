// The language server: found, started, restarted, and missed with advice.
import { accessSync, constants } from "fs";
import { homedir } from "os";
import * as vscode from "vscode";
import { LanguageClient, LanguageClientOptions, Middleware, ServerOptions } from "vscode-languageclient/node";
import { find, missing, Surroundings } from "./environment";
import { KnownCommands } from "./lenses";
import { selectedInterpreter } from "./python";
import { replaysAllowed } from "./replays";
import { installCommand } from "./shell";
import { ServerState } from "./status";

export class Server {
  client: LanguageClient | undefined;
  command = ""; // the gnomon command that was started
  private turn: Promise<void> = Promise.resolve();

  constructor(
    private readonly output: vscode.LogOutputChannel,
    private readonly middleware: Middleware,
    private readonly onState: (state: ServerState) => void,
  ) {}

  // Starts and stops wait for each other.
  restart(): Promise<void> {
    this.turn = this.turn.then(() => this.stop()).then(() => this.start());
    return this.turn;
  }

  async close(): Promise<void> {
    await this.turn;
    await this.stop();
  }

  private async start(): Promise<void> {
    this.onState("starting");
    const around = await surroundings();
    const found = find(around, isExecutable);
    if (found === undefined) {
      this.onState("missing");
      void this.sayMissing(around);
      return;
    }
    this.output.info(`starting ${found.command} (from the ${found.origin})`);
    this.command = found.command;
    this.client = this.create(found.command);
    try {
      await this.client.start();
      this.onState("running");
    } catch (error) {
      this.client = undefined;
      this.onState("failed");
      void this.sayFailed(error instanceof Error ? error.message : String(error));
    }
  }

  private create(command: string): LanguageClient {
    const server: ServerOptions = { command, args: ["lsp", "--stdio"] };
    const options: LanguageClientOptions = {
      documentSelector: [
        { scheme: "file", language: "python" },
        { scheme: "file", language: "c" },
      ],
      diagnosticCollectionName: "gnomon",
      // The status item and the commands read what is pushed.
      initializationOptions: {
        diagnostics: "push",
        checks: vscode.workspace.getConfiguration("gnomon").get<string>("check", "save"),
        latent: vscode.workspace.getConfiguration("gnomon").get<boolean>("latent", false),
        replays: replaysAllowed(vscode.workspace.isTrusted, vscode.workspace.getConfiguration("gnomon").get("replay")),
      },
      outputChannel: this.output,
      middleware: this.middleware,
    };
    const client = new LanguageClient("gnomon", "Gnomon", server, options);
    client.registerFeature(new KnownCommands());
    return client;
  }

  private async stop(): Promise<void> {
    const running = this.client;
    this.client = undefined;
    try {
      await running?.dispose();
    } catch (error) {
      this.output.warn(`the server did not stop in order: ${String(error)}`);
    }
  }

  private async sayMissing(around: Surroundings): Promise<void> {
    const { message, python } = missing(around);
    this.output.warn(message);
    const [install, setting] = ["Install Into This Environment", "Open Setting"];
    const actions = python === undefined ? [setting] : [install, setting];
    const chosen = await vscode.window.showWarningMessage(message, ...actions);
    if (chosen === install && python !== undefined) this.install(python);
    if (chosen === setting) await vscode.commands.executeCommand("workbench.action.openSettings", "gnomon.path");
  }

  // In a terminal, so that everything pip says is seen; the server is looked for again when the terminal is closed.
  private install(python: string): void {
    const terminal = vscode.window.createTerminal("Install Gnomon");
    const closed = vscode.window.onDidCloseTerminal((other) => {
      if (other !== terminal) return;
      closed.dispose();
      void this.restart();
    });
    terminal.show();
    terminal.sendText(`${installCommand(python)} && exit`);
  }

  private async sayFailed(reason: string): Promise<void> {
    const [show, setting] = ["Show Output", "Open Setting"];
    const chosen = await vscode.window.showErrorMessage(`Gnomon could not be started: ${reason}`, show, setting);
    if (chosen === show) this.output.show();
    if (chosen === setting) await vscode.commands.executeCommand("workbench.action.openSettings", "gnomon.path");
  }
}

async function surroundings(): Promise<Surroundings> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const interpreter = await selectedInterpreter(folders[0]?.uri);
  return {
    setting: vscode.workspace.getConfiguration("gnomon").get<string>("path", "").trim(),
    ...(interpreter === undefined ? {} : { interpreter }),
    searchPath: process.env["PATH"] ?? "",
    folders: folders.map((folder) => folder.uri.fsPath),
    home: homedir(),
    isTrusted: vscode.workspace.isTrusted,
  };
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
