import { describe, expect, it } from "vitest";
import { email } from "./input";

const accepted = (raw: string) => email.safeParse(raw).data ?? null;

describe("an address of e-mail", () => {
  it.each([
    ["moya@xn--h1alffa9f.xn--p1ai", "moya@xn--h1alffa9f.xn--p1ai"],
    ["moya@россия.рф", "moya@xn--h1alffa9f.xn--p1ai"],
    [" Anna@Müller.DE ", "anna@xn--mller-kva.de"],
    ["smith&jones@example.org", "smith&jones@example.org"],
    ["team/garden@example.org", "team/garden@example.org"],
    ["a.@docomo.example.jp", "a.@docomo.example.jp"],
    ["o'brien@example.org", "o'brien@example.org"],
  ])("is taken as the browser's own field takes it: %s", (raw, kept) => {
    expect(accepted(raw)).toBe(kept);
  });

  it.each(["", "rosa", "@example.org", "a b@example.org", "a@b c.org", "a@-example.org"])(
    "is refused where the field refuses it: %j",
    (raw) => expect(accepted(raw)).toBeNull(),
  );

  it.each(["rosa@я/x", "rosa@я:80", "rosa@x@я", "rosa@я?", "a\nb@example.org"])(
    "is no way to write another one: %j",
    (raw) => expect(accepted(raw)).toBeNull(),
  );
});
