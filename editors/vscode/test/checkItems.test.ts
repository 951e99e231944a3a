import assert from "node:assert/strict";
import test from "node:test";
import { items } from "../src/checkItems";

test("a check is a row with its line", () => {
  const at = (line: number) => ({ range: { start: { line } } });
  const checks = [
    { title: "✗ bounds.read refuted: a[i]", answer: "refuted", location: at(3) },
    { title: "✓ null.deref proved: a[i]", answer: "proved", location: at(3) },
  ];
  assert.deepEqual(items(checks), [
    { label: "✗ bounds.read refuted: a[i]", description: "line 4" },
    { label: "✓ null.deref proved: a[i]", description: "line 4" },
  ]);
  assert.deepEqual(items([]), []);
});
