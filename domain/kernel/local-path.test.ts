import { describe, expect, it } from "vitest";
import { localPath } from "./local-path";

describe("localPath", () => {
  it("accepts a path of this site", () => {
    expect(localPath("/elm-street/account?from=2026-01-01", "/")).toBe(
      "/elm-street/account?from=2026-01-01",
    );
  });

  it("never leads to another site", () => {
    for (const path of [
      "https://evil.example",
      "//evil.example",
      "/\\evil.example",
      "\\\\evil.example",
      "evil",
      "javascript:alert(1)",
      "/\t/evil.example",
      "/\n/evil.example",
      "",
      ["/a"],
      undefined,
      7,
      "/%09/evil.example/../..//evil.example",
      "http:/evil.example",
      " //evil.example",
    ]) {
      const there = new URL(localPath(path, "/home"), "https://ours.example");
      expect([path, there.origin]).toEqual([path, "https://ours.example"]);
    }
  });
});
