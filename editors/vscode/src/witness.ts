// The values of a finding's steps as hints in the text: the server makes the hints, and the editor asks for them.
import { chooseFinding } from "./findingCommands";
import { Server } from "./server";

export async function showWitness(server: Server): Promise<void> {
  const chosen = await chooseFinding(server, (finding) => finding.hasWitness);
  if (chosen !== undefined) await execute(server, "gnomon.openWitness", [chosen.finding.id]);
}

export async function hideWitness(server: Server): Promise<void> {
  await execute(server, "gnomon.closeWitness", []);
}

async function execute(server: Server, command: string, parameters: string[]): Promise<void> {
  await server.client?.sendRequest("workspace/executeCommand", { command, arguments: parameters });
}
