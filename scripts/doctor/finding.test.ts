import { expect, it } from "vitest";
import { check, EXIT_CODES, type Finding, jsonOf, textOf, worstOf } from "./finding";

const { fault, warning, unknown, note, ok } = check("disk");

it.each<[Finding[], number]>([
  [[ok("a"), note("b")], 0],
  [[ok("a"), warning("b"), unknown("c")], 1],
  [[warning("a"), fault("b"), unknown("c")], 2],
  [[ok("a"), unknown("b")], 3],
])("%j ends with the exit code %i", (findings, code) => {
  expect(EXIT_CODES[worstOf(findings)]).toBe(code);
});

it("prints a line a finding, the worst first, and a summary", () => {
  const findings = [
    ok("Enough room."),
    check("books").fault("The books\n are wrong."),
    note("Old."),
  ];
  expect(textOf(findings)).toBe(
    [
      "FAULT    books  The books are wrong.",
      "note     disk   Old.",
      "ok       disk   Enough room.",
      "1 fault, of 3 checks.",
    ].join("\n"),
  );
  expect(JSON.parse(jsonOf(findings, "1.0.0", new Date(0)))).toMatchObject({
    state: "fault",
    version: "1.0.0",
    at: "1970-01-01T00:00:00.000Z",
    findings: [{ check: "disk", state: "ok" }, { check: "books" }, {}],
  });
});
