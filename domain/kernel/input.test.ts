import { describe, expect, it } from "vitest";
import { email } from "./input";

const accepted = (raw: string) => email.safeParse(raw).data ?? null;

describe("an e-mail address", () => {
  it.each([
    ["moya@xn--h1alffa9f.xn--p1ai", "moya@xn--h1alffa9f.xn--p1ai"],
    ["moya@россия.рф", "moya@xn--h1alffa9f.xn--p1ai"],
    [" Anna@Müller.DE ", "anna@xn--mller-kva.de"],
    ["smith&jones@example.org", "smith&jones@example.org"],
    ["team/garden@example.org", "team/garden@example.org"],
    ["a.@docomo.example.jp", "a.@docomo.example.jp"],
    ["o'brien@example.org", "o'brien@example.org"],
    ["\u202Arosa@example.org\u202C", "rosa@example.org"],
    ["\u00A0rosa+bank@example.org\u200B", "rosa+bank@example.org"],
    ["\u2068rosa@example.org\u2069\uFEFF", "rosa@example.org"],
    ["anna@mu\u0308ller.de", "anna@xn--mller-kva.de"],
    ["ANNA@STRASSE.DE", "anna@strasse.de"],
    ["anna@straße.de", "anna@xn--strae-oqa.de"],
    ["hana@例え。jp", "hana@xn--r8jz45g.jp"],
  ])("is accepted as the browser's own field accepts it: %s", (raw, normalized) => {
    expect(accepted(raw)).toBe(normalized);
  });

  it.each([
    "",
    "rosa",
    "@example.org",
    "a b@example.org",
    "a@b c.org",
    "a@-example.org",

    '"a b"@example.org',
    "rosa@example.org.",
    "rosа@example.org",
    "rosa＠example.org",
    "\u202A\u202C",
  ])("is refused where the field refuses it: %j", (raw) => expect(accepted(raw)).toBeNull());

  it.each(["rosa@я/x", "rosa@я:80", "rosa@x@я", "rosa@я?", "a\nb@example.org"])(
    "cannot disguise another one: %j",
    (raw) => expect(accepted(raw)).toBeNull(),
  );
});
