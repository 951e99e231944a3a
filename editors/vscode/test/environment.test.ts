import assert from "node:assert/strict";
import test from "node:test";
import { candidates, find, missing, Surroundings } from "../src/environment";

const around: Surroundings = {
  setting: "",
  interpreter: "/env/bin/python",
  searchPath: "/usr/local/bin:relative:/usr/bin",
  folders: ["/src/project"],
  home: "/homes/someone",
  isTrusted: true,
};

const commands = (changes: Partial<Surroundings>): string[] =>
  candidates({ ...around, ...changes }).map(({ command }) => command);

test("the selected environment comes first, then the PATH, then the folder's own", () => {
  assert.deepEqual(commands({}), [
    "/env/bin/gnomon",
    "/usr/local/bin/gnomon",
    "/usr/bin/gnomon",
    "/src/project/.venv/bin/gnomon",
    "/src/project/venv/bin/gnomon",
  ]);
});

test("a setting stands alone", () => {
  assert.deepEqual(commands({ setting: "/opt/gnomon" }), ["/opt/gnomon"]);
  assert.deepEqual(commands({ setting: "gnomon-dev" }), ["/usr/local/bin/gnomon-dev", "/usr/bin/gnomon-dev"]);
  assert.deepEqual(commands({ setting: "~/env/bin/gnomon" }), ["/homes/someone/env/bin/gnomon"]);
  assert.deepEqual(commands({ setting: "${workspaceFolder}/x/gnomon" }), ["/src/project/x/gnomon"]);
});

test("an untrusted workspace chooses nothing that is started", () => {
  assert.deepEqual(commands({ isTrusted: false }), ["/usr/local/bin/gnomon", "/usr/bin/gnomon"]);
});

test("the first that is there is taken, and where it came from is known", () => {
  const there = new Set(["/usr/bin/gnomon", "/src/project/.venv/bin/gnomon"]);
  assert.deepEqual(find(around, (file) => there.has(file)), { command: "/usr/bin/gnomon", origin: "path" });
  assert.equal(find(around, () => false), undefined);
});

test("what is missing is said, with the environment to install into where there is one", () => {
  assert.equal(missing(around).python, "/env/bin/python");
  assert.equal(missing({ ...around, isTrusted: false }).python, undefined);
  const { setting: _, interpreter: __, ...rest } = around;
  assert.match(missing({ ...rest, setting: "" }).message, /neither on the PATH nor in a \.venv/);
  const wrong = missing({ ...around, setting: "/nowhere" });
  assert.match(wrong.message, /no command \/nowhere/);
  assert.equal(wrong.python, undefined);
});
