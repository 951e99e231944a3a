import assert from "node:assert/strict";
import test from "node:test";
import { configurationOf, installed } from "../src/debuggers";
import { replaysAllowed } from "../src/replays";

test("the debugger that is there is taken, the likeliest first", () => {
  const among = (...there: string[]): string | undefined => installed((extension) => there.includes(extension))?.type;
  assert.equal(among("llvm-vs-code-extensions.lldb-dap", "ms-vscode.cpptools"), "cppdbg");
  assert.equal(among("llvm-vs-code-extensions.lldb-dap"), "lldb-dap");
  assert.equal(among("ms-python.python"), undefined);
});

test("only a whole configuration is started", () => {
  const configuration = { name: "Gnomon: x", type: "cppdbg", request: "launch", program: "/bin/python" };
  assert.deepEqual(configurationOf({ configuration, file: null, command: "gdb" }), configuration);
  for (const answer of [null, undefined, "x", {}, { configuration: null }, { configuration: { name: "x", type: "", request: "launch" } }]) {
    assert.equal(configurationOf(answer), undefined);
  }
});

test("without trust nothing is run, whatever a setting says", () => {
  assert.deepEqual([undefined, "asked", "idle", 3].map((setting) => replaysAllowed(false, setting)), Array(4).fill("never"));
  assert.deepEqual([undefined, "asked", "idle", 3].map((setting) => replaysAllowed(true, setting)), ["asked", "asked", "idle", "asked"]);
});
