// What the lens "Debug" runs: the server builds the code and writes launch.json; what it wrote is started here.
import * as vscode from "vscode";
import { ExecuteCommandSignature } from "vscode-languageclient/node";
import { configurationOf, debuggers, installed } from "./debuggers";

export const debugCommand = "gnomon.debugFinding";

export async function debug(words: unknown[], next: ExecuteCommandSignature): Promise<unknown> {
  const found = installed((extension) => vscode.extensions.getExtension(extension) !== undefined);
  const [identity] = words;
  const answer: unknown = await next(debugCommand, found === undefined ? [identity] : [identity, found.type]);
  const configuration = configurationOf(answer);
  if (configuration === undefined) return answer;
  if (found === undefined) {
    const names = debuggers.map(({ extension }) => extension).join(" or ");
    void vscode.window.showWarningMessage(`Gnomon: to debug "${configuration.name}", which is in launch.json now, install ${names}.`);
    return answer;
  }
  await vscode.debug.startDebugging(vscode.workspace.workspaceFolders?.[0], configuration);
  return answer;
}
