import assert from "node:assert/strict";
import test from "node:test";
import { BoundFunction, Location, rows } from "../src/boundary";

const at = (uri: string, line: number): Location => ({
  uri,
  range: { start: { line, character: 4 }, end: { line, character: 8 } },
});

const push: BoundFunction = {
  python: "telemetry.native.lib.ring_push",
  native: "ring_push",
  kind: "ctypes",
  signature: "int ring_push(ring *r)",
  truth: "source",
  location: at("file:///w/ring.c", 41),
  callers: [
    { location: at("file:///w/a%20b.py", 9), text: "lib.ring_push(r)" },
    { location: at("file:///w/a%20b.py", 9), text: "lib.ring_push(r)" },
  ],
};

test("libraries hold functions, functions their callers", () => {
  const [library] = rows({ libraries: [{ name: "libtelemetry.so", kind: "ctypes", functions: [push] }] });
  assert.deepEqual([library?.label, library?.description, library?.location], ["libtelemetry.so", "ctypes", undefined]);
  assert.equal(library?.tooltip, "libtelemetry.so: 1 name in Python");
  const [bound] = library?.children ?? [];
  assert.deepEqual([bound?.label, bound?.description], ["ring_push", "2 uses"]);
  assert.equal(bound?.tooltip, "int ring_push(ring *r)\ntelemetry.native.lib.ring_push (ctypes)");
  assert.deepEqual(bound?.location, push.location);
  assert.deepEqual(bound?.children.map(({ label, description }) => [label, description]), [["lib.ring_push(r)", "a b.py:10"]]);
});

test("names of an extension are told without its own", () => {
  const method: BoundFunction = { ...push, python: "pkg._ext.Ring.push", kind: "method", callers: [] };
  const lost: BoundFunction = { ...method, python: "pkg._ext.gone", kind: "function", location: null, signature: "" };
  const [library] = rows({ libraries: [{ name: "pkg._ext", kind: "extension", functions: [method, lost] }] });
  const told = library?.children.map(({ label, description }) => [label, description]);
  assert.deepEqual(told, [["Ring.push", ""], ["gone", "no source"]]);
});

test("no two rows have one id", () => {
  const functions = [push, push, { ...push, kind: "slot" }];
  const [library] = rows({ libraries: [{ name: "", kind: "ctypes", functions }] });
  assert.equal(library?.label, "(unnamed)");
  const ids = library?.children.map(({ id }) => id) ?? [];
  assert.deepEqual([ids.length, new Set(ids).size], [2, 2]);
});
