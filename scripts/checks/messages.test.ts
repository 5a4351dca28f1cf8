/** No message is missing, unused, untranslated or hard-coded. */
import { describe, expect, it } from "vitest";
import { interfaceLanguages } from "@/domain/kernel/languages";
import {
  argumentsOf,
  flat,
  hardCodedTexts,
  type MessageCatalogue,
  missingPlurals,
  readCatalogue,
  readSources,
  unusedKeys,
} from "./messages";

const english = readCatalogue("en");
const others = interfaceLanguages.filter((language) => language !== "en");
const sources = readSources();

/** The same in every language: names, and messages that consist of arguments. */
const SAME = new Set([
  "site.name",
  "calendar.name",
  "ui.hours.whole",
  "ui.hours.both",
  "ui.hours.minutes",
  "errors.amount.both",
  "errors.amount.minutes",
  "exchangeForm.seriesRefused",
  "exchangeForm.slots.choose",
]);
const isName = (key: string) => SAME.has(key) || /\.languages\./.test(key);

/** Messages identical to the English ones. */
const untranslated = (catalogue: MessageCatalogue): string[] =>
  [...catalogue]
    .filter(([key, message]) => message === english.get(key) && !isName(key))
    .filter(([, message]) => /\p{L}{2}/u.test(message.replace(/\{[^}]*\}|<[^>]*>/g, "")))
    .map(([key]) => key);

describe.each(others)("%s", (language) => {
  const catalogue = readCatalogue(language);

  it("has every message and no other", () => {
    expect([...catalogue.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it("asks for the same arguments and tags", () => {
    for (const [key, message] of english) {
      const asked = argumentsOf(catalogue.get(key) ?? "");
      // A plural may omit the number in some forms, and an argument used only to select.
      expect([key, ...asked]).toEqual([key, ...argumentsOf(message)]);
    }
  });

  it("has the plurals that its grammar tells apart", () => {
    // Spanish `many` is for millions.
    const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
    const categories = pluralCategories.filter((each) => language === "ar" || each !== "many");
    for (const [key, message] of catalogue) {
      // Messages with `=60` name an amount in words.
      if (message.includes("=60")) continue;
      expect([key, ...missingPlurals(message, categories)]).toEqual([key]);
    }
  });

  it("is translated", () => {
    const left = untranslated(catalogue);
    expect(left.filter((key) => !NAMES.has(english.get(key) ?? ""))).toEqual([]);
  });
});

/** The two neighbours on the front page. */
const NAMES = new Set(["Amira", "Tom"]);

describe("English", () => {
  it("has no unused message", () => {
    expect(unusedKeys(english.keys(), sources)).toEqual([]);
  });

  it("holds every text that users read", () => {
    expect(sources.flatMap(hardCodedTexts)).toEqual([]);
  });
});

describe("these checks can fail", () => {
  it("finds hard-coded texts, in markup and in accessible names", () => {
    const text = `export const A = () => <p title="Hello there">Some words {"and more"} {1}</p>;`;
    expect(hardCodedTexts({ path: "a.tsx", text })).toEqual([
      "a.tsx: Hello there",
      "a.tsx: Some words",
      "a.tsx: and more",
    ]);
    expect(hardCodedTexts({ path: "b.tsx", text: `<p className="red">{t("a")} · 1</p>` })).toEqual(
      [],
    );
  });

  it("finds an unused message", () => {
    const keys = flat({ home: { title: "Hi", gone: "Bye", part: { one: "1", two: "2" } } }).keys();
    const text = `const t = useTranslations("home"); t("title"); t(\`part.\${x}\`);`;
    expect(unusedKeys(keys, [{ path: "a.tsx", text }])).toEqual(["home.gone"]);
  });

  it("finds an untranslated message, a different argument and a missing plural form", () => {
    expect(untranslated(new Map([["home.title", english.get("home.title") ?? ""]]))).toEqual([
      "home.title",
    ]);
    expect(argumentsOf("{a} <b>{c, plural, one {# x} other {{d}}}</b>")).toEqual([
      "<b>",
      "{a}",
      "{c}",
      "{d}",
    ]);
    expect(missingPlurals("{n, plural, one {a} other {b}}", ["one", "few", "other"])).toEqual([
      "few",
    ]);
  });
});
