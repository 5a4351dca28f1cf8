import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { backgroundColour } from "./background-colour";

test("what stands around a page has the colours of its ground", () => {
  const styles = readFileSync("app/globals.css", "utf8");
  const grounds = [...styles.matchAll(/--color-paper: (#\w{6})/g)].map(([, colour]) => colour);
  expect(grounds).toEqual([backgroundColour.light, backgroundColour.dark]);
});
