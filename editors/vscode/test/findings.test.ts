import assert from "node:assert/strict";
import test from "node:test";
import { Diagnosed, findingOf, offered } from "../src/findings";

const diagnosed = (line: number, data: unknown, message = `line ${line}`): Diagnosed => ({
  message,
  code: "bounds.read",
  line,
  lastLine: line,
  data,
});

test("a finding has an id, and can be run when a call leads there", () => {
  const finding = findingOf(diagnosed(3, { id: "ab12", entry: "lib.f", state: "confirmed", steps: 2 }));
  assert.deepEqual(finding, { id: "ab12", label: "line 3", description: "bounds.read", canRun: true, hasWitness: true });
  assert.equal(findingOf(diagnosed(3, { id: "ab12", entry: "" }))?.canRun, false);
  for (const data of [undefined, null, "x", {}, { id: 3 }, { id: "" }]) assert.equal(findingOf(diagnosed(3, data)), undefined);
});

test("the findings of the line are offered, else all", () => {
  const listed = [diagnosed(1, { id: "a1", entry: "f" }), diagnosed(5, { id: "b2", entry: "g" }), diagnosed(5, { id: "c3" })];
  const ids = (line: number | undefined): string[] => offered(listed, line).map(({ id }) => id);
  assert.deepEqual(ids(5), ["b2"]);
  assert.deepEqual(ids(2), ["a1", "b2"]);
  assert.deepEqual(ids(undefined), ["a1", "b2"]);
});

test("findings with steps are offered where a witness is wanted", () => {
  const listed = [diagnosed(1, { id: "a1", entry: "f" }), diagnosed(5, { id: "b2", steps: 0 }), diagnosed(5, { id: "c3", steps: 1 })];
  assert.deepEqual(offered(listed, 1, (finding) => finding.hasWitness).map(({ id }) => id), ["c3"]);
});

test("what a replay said is told beside the finding", () => {
  const replayed = diagnosed(3, { id: "ab12", entry: "lib.f", state: "replayed" }, "it fails\nReplayed: it does.");
  assert.equal(findingOf(replayed)?.label, "it fails");
  assert.equal(findingOf(replayed)?.description, "bounds.read, replayed");
});
