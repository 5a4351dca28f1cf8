/** The words of the interface: none is missing, unused, left in English, or past the catalogue. */
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

/** The same in every language: names, and forms of nothing but arguments. */
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

/** Messages that say what they say in English, word for word. */
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
      // A plural may leave the number out of some of its forms, and an argument used in words only.
      expect([key, ...asked]).toEqual([key, ...argumentsOf(message)]);
    }
  });

  it("has the plurals that its grammar tells apart", () => {
    // Spanish `many` is for millions.
    const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
    const categories = pluralCategories.filter((each) => language === "ar" || each !== "many");
    for (const [key, message] of catalogue) {
      // Those that tell one hour from the rest by `=60` name an amount in words.
      if (message.includes("=60")) continue;
      expect([key, ...missingPlurals(message, categories)]).toEqual([key]);
    }
  });

  it("is translated", () => {
    const left = untranslated(catalogue);
    expect(left.filter((key) => !NAMES.has(english.get(key) ?? ""))).toEqual([]);
  });
});

/** Of the two neighbours on the front page. */
const NAMES = new Set(["Amira", "Tom"]);

describe("English", () => {
  it("has no message that nothing uses", () => {
    expect(unusedKeys(english.keys(), sources)).toEqual([]);
  });

  it("holds every word that people read", () => {
    expect(sources.flatMap(hardCodedTexts)).toEqual([]);
  });
});

describe("these checks can fail", () => {
  it("finds words past the catalogue, in the markup and in what is read aloud", () => {
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

  it("finds a message that nothing uses", () => {
    const keys = flat({ home: { title: "Hi", gone: "Bye", part: { one: "1", two: "2" } } }).keys();
    const text = `const t = useTranslations("home"); t("title"); t(\`part.\${x}\`);`;
    expect(unusedKeys(keys, [{ path: "a.tsx", text }])).toEqual(["home.gone"]);
  });

  it("finds a message left in English, another argument, and a plural that is missing", () => {
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
