import assert from "node:assert/strict";
import test from "node:test";
import { progressed, shown, Status } from "../src/status";

const quiet: Status = { server: "running", progress: undefined, counts: { errors: 0, warnings: 0, notes: 0 } };

test("nothing found", () => {
  assert.deepEqual(shown(quiet), { text: "$(check) Gnomon", tooltip: "No findings", isProblem: false });
});

test("counts leave out what is zero", () => {
  const { text, tooltip } = shown({ ...quiet, counts: { errors: 2, warnings: 0, notes: 1 } });
  assert.equal(text, "$(check) Gnomon $(error) 2 $(info) 1");
  assert.equal(tooltip, "2 errors, 1 note");
});

test("a check under way keeps the counts of the last one", () => {
  const counts = { errors: 1, warnings: 0, notes: 0 };
  const { text, tooltip } = shown({ ...quiet, counts, progress: { activity: "checking", percentage: 40, message: "lib.fill" } });
  assert.equal(text, "$(sync~spin) Gnomon 40% $(error) 1");
  assert.equal(tooltip, "Checking lib.fill\n1 error");
  assert.equal(shown({ ...quiet, progress: { activity: "checking" } }).text, "$(sync~spin) Gnomon");
});

test("what runs is told as the server begins and reports it", () => {
  const begun = progressed(undefined, { kind: "begin", message: "exercising" });
  assert.equal(shown({ ...quiet, progress: begun }).tooltip, "Exercising\nNo findings");
  const reported = progressed(begun, { kind: "report", percentage: 50, message: "exercising jars" });
  assert.deepEqual(reported, { activity: "exercising", percentage: 50, message: "exercising jars" });
  assert.equal(shown({ ...quiet, progress: reported }).tooltip, "Exercising jars\nNo findings");
  assert.equal(progressed(reported, { kind: "end" }), undefined);
});

test("trouble stands out, a start does not", () => {
  const problems = (["starting", "missing", "failed"] as const).map((server) => shown({ ...quiet, server }).isProblem);
  assert.deepEqual(problems, [false, true, true]);
});
