import { createTranslator } from "use-intl/core";
import { describe, expect, it } from "vitest";
import { isolate, isolating, partsOf } from "./direction";

const FSI = "\u2068";
const PDI = "\u2069";
const number = (text: string) => `\u2066\u202D${text}\u202C\u2069`;

describe("isolate", () => {
  it("leaves a text of the sentence's own direction unchanged", () => {
    expect(isolate("Nora Plumb (2)", "ltr")).toBe("Nora Plumb (2)");
    expect(isolate("محمد علي", "rtl")).toBe("محمد علي");
  });

  it("isolates a text that may run the other way", () => {
    expect(isolate("محمد 7", "ltr")).toBe(`${FSI}محمد 7${PDI}`);
    expect(isolate('Fix my bike (26")!', "rtl")).toBe(`${FSI}Fix my bike (26")!${PDI}`);
  });

  it("sets telephone numbers from left to right", () => {
    expect(isolate("+49 176 555 0148", "rtl")).toBe(`${FSI}${number("+49 176 555 0148")}${PDI}`);
    expect(isolate("هاتف ٠١٥٥ ٠١٤ ٨٨٧٧", "ltr")).toBe(
      `${FSI}هاتف ${number("٠١٥٥ ٠١٤ ٨٨٧٧")}${PDI}`,
    );
  });
});

describe("partsOf", () => {
  const kinds = (line: string) => partsOf(line).map(({ kind, text }) => `${kind}: ${text}`);

  it.each([
    ["call +49 176 555 0148.", ["words: call ", "number: +49 176 555 0148", "words: ."]],
    ["(030) 555-0148", ["number: (030) 555-0148"]],
    ["٠١٥٥ ٠١٤ ٨٨٧٧", ["number: ٠١٥٥ ٠١٤ ٨٨٧٧"]],
    ["هاتف: +49 (0)30 / 555 01 48", ["words: هاتف: ", "number: +49 (0)30 / 555 01 48"]],
    ["(030) – 5550148، مساء", ["number: (030) – 5550148", "words: ، مساء"]],
    [
      "+33\u202F1\u202F45\u202F67\u202F89\u202F00",
      ["number: +33\u202F1\u202F45\u202F67\u202F89\u202F00"],
    ],
    ["۰۲۱-۵۵۵۰۱۴۸", ["number: ۰۲۱-۵۵۵۰۱۴۸"]],
    ["اتصل (0176 5550148) مساء", ["words: اتصل ", "number: (0176 5550148)", "words:  مساء"]],
    ["555 0148 (030)!", ["number: 555 0148 (030)", "words: !"]],
    ["(call 555 0148)", ["words: (call ", "number: 555 0148", "words: )"]],
    ["تلغرام: @rosa_m.", ["words: تلغرام: ", "address: @rosa_m", "words: ."]],
    ["10 am – 12 pm, 3-5", ["words: 10 am – 12 pm, 3-5"]],
    [
      "see https://example.org/a/?b=1, or a@example.org!",
      [
        "words: see ",
        "address: https://example.org/a/?b=1",
        "words: , or ",
        "address: a@example.org",
        "words: !",
      ],
    ],
    ["at 10:00, 26 inches, 3 to 5", ["words: at 10:00, 26 inches, 3 to 5"]],
    ["", []],
  ])("%s", (line, expected) => expect(kinds(line)).toEqual(expected));
});

describe("isolating", () => {
  const messages = {
    m: { who: "سأل {name}", state: "{state, select, done {تم} other {لا}} {name}" },
  };
  const t = isolating(createTranslator({ locale: "ar", messages, namespace: "m" }), "rtl");

  it("isolates the values that it fills in", () => {
    expect(t("who", { name: "Nora!" })).toBe(`سأل ${FSI}Nora!${PDI}`);
    expect(t.rich("who", { name: "Nora!" })).toBe(`سأل ${FSI}Nora!${PDI}`);
  });

  it("leaves the values that select a variant of the message", () => {
    expect(t("state", { state: "done", name: "Nora!" })).toBe(`تم ${FSI}Nora!${PDI}`);
  });

  it("leaves the translator's other methods as they are", () => {
    expect(t.has("who")).toBe(true);
    expect(t.raw("who")).toBe("سأل {name}");
  });
});
