import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import test from "node:test";
import { installCommand, quoted, replayCommand } from "../src/shell";

test("a shell reads the words back as they were", () => {
  const words = ["plain", "two words", "it's", "$HOME", "`id`", "", "a;b", "\u00e9", 'say "x"', "back\\slash"];
  const read = execFileSync("sh", ["-c", `printf '%s\\0' ${quoted(words)}`]).toString().split("\0").slice(0, -1);
  assert.deepEqual(read, words);
});

test("commands for the terminal", () => {
  assert.equal(installCommand("/my env/bin/python"), "'/my env/bin/python' -m pip install gnomon");
  assert.equal(replayCommand("gnomon", "0123abcd", "/w p"), "gnomon replay 0123abcd --root '/w p'");
  assert.equal(replayCommand("gnomon", "x; rm -r .", "/w"), undefined);
});
