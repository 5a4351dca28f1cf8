/**
 * Folding, stems, trigrams and sorting do not depend on the locale of the database: each that a server can
 * have gives the same, and the same as the rule in TypeScript.
 */
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { writtenLanguages } from "@/domain/kernel/written-languages";
import { foldedWords } from "../../../domain/kernel/words";
import { migrate } from "./migrate";
import { owner } from "./testing/pools";
import { databaseAt } from "./testing/urls";

const NAME = `evenhour_locale_${process.pid}`;

/** The two extremes: no letters beyond ASCII, and another lower case of I. */
const locales = {
  c: "LOCALE 'C'",
  turkish: "LOCALE_PROVIDER icu ICU_LOCALE 'tr' LOCALE 'C'",
};
const clients: Client[] = [];

const texts = [
  "Straße İstanbul ISPARTA ışık ﬃ ＦＵＬＬ ½ Œuvre Đà Nẵng e-mail O’Neil l'école",
  "ШАХМАТЫ Ёлочка П’ять ΜΑΘΗΜΑΤΑ ΚΗΠΟΣ ԽՈՀԱՐԱՐՈՒԹՅՈՒՆ ქართული",
  "والخياطة الدراجات للغة مُسَاعَدَة ١٢٣ می\u200Cخواهید دوچرخه ها שִׁעוּרִים צה״ל והתפירה",
  "नमस्ते ज़रा गाँव १२ সাইকেল மிதிவண்டி ภาษาไทย ខ្មែរ မြန်မာ བོད་སྐད 我家在上海 3D打印 ギター ｷﾞﾀｰ 자전거를",
  "Ge\u00ADsamt Fahr\u200Brad _a_ \u0301x 10-12 🚲 am:lich ǅungla ŉ",
  "وطبخ ولد بدراجة كتاب كتابها معلمات אבג והבית ובהתפירה שיעורים",
  "invitacion natación the a",
  `${"long".repeat(700)} ${"долго".repeat(500)}`,
  "",
  "the",
  "the nor",
  "海",
  "KIZLAR",
  "rock'n'roll",
  "_",
  "-",
];
const names = [
  "Zoe",
  "von Adler",
  "Álvaro",
  "Amara",
  "Öznur",
  "Olu",
  "Vera",
  "Шура",
  "أمل",
  "Ñandú",
  "Nunez",
];

const question = `
  SELECT fold_text(t) AS fold, fold_compounds(t) AS compounds, trigram_letters(fold_compounds(t)) AS trigrams,
    ARRAY(SELECT listing_words('00000000-0000-0000-0000-000000000001', l, t, t, '', t)::text
      FROM unnest($2::text[]) AS l) AS words,
    ARRAY(SELECT search_query('00000000-0000-0000-0000-000000000001', l, t)::text
      FROM unnest($2::text[]) AS l) AS queries,
    ARRAY(SELECT n FROM unnest($3::text[]) AS n ORDER BY n COLLATE "es-x-icu") AS es,
    ARRAY(SELECT n FROM unnest($3::text[]) AS n ORDER BY n COLLATE "en-x-icu") AS en,
    extension.word_similarity(trigram_letters('шахмоты'), trigram_letters('шахматы по вечерам')) AS alike
  FROM unnest($1::text[]) AS t`;

const server = async (statement: string) => {
  const client = new Client({ connectionString: databaseAt(inject("templateUrl"), "postgres") });
  await client.connect();
  await client.query(statement);
  await client.end();
};

beforeAll(async () => {
  for (const [name, locale] of Object.entries(locales)) {
    const database = `${NAME}_${name}`;
    await server(`CREATE DATABASE ${database} TEMPLATE template0 ENCODING 'UTF8' ${locale}`);
    const url = databaseAt(inject("templateUrl"), database);
    await migrate(url);
    const client = new Client({ connectionString: url });
    await client.connect();
    clients.push(client);
  }
}, 120_000);

afterAll(async () => {
  for (const client of clients) await client.end();
  for (const name of Object.keys(locales)) {
    await server(`DROP DATABASE IF EXISTS ${NAME}_${name} WITH (FORCE)`);
  }
});

describe("whatever the locale of the database", () => {
  it("words, stems, trigrams and the order of names are the same", async () => {
    const values = [texts, writtenLanguages, names];
    const { rows } = await owner().query(question, values);
    expect(rows).toHaveLength(texts.length);
    expect(rows[0].en).toEqual([
      "Álvaro",
      "Amara",
      "Ñandú",
      "Nunez",
      "Olu",
      "Öznur",
      "Vera",
      "von Adler",
      "Zoe",
      "Шура",
      "أمل",
    ]);
    expect(rows[0].es.slice(2, 4)).toEqual(["Nunez", "Ñandú"]);
    expect(rows[0].alike).toBeGreaterThan(0.4);
    for (const client of clients) expect((await client.query(question, values)).rows).toEqual(rows);
  });

  it("one name of a neighbourhood is refused in other letters", async () => {
    for (const client of [owner(), ...clients]) {
      const { rows } = await client.query(
        `SELECT pg_get_indexdef('neighbourhood_name_key'::regclass) AS definition`,
      );
      expect(rows[0].definition).toMatch(/und-x-icu/);
    }
  });
});

describe("the database and TypeScript fold alike", () => {
  /** The alphabets in use. */
  const blocks: [from: number, to: number][] = [
    [0x20, 0x52f],
    [0x531, 0x6ff],
    [0x750, 0x7ff],
    [0x900, 0x13ff],
    [0x1780, 0x17ff],
    [0x1c90, 0x1cbf],
    [0x1e00, 0x1fff],
    [0x2000, 0x2bff],
    [0x3000, 0x33ff],
    [0x4e00, 0x4eff],
    [0xac00, 0xacff],
    [0xfb00, 0xfdff],
    [0xfe70, 0xffef],
  ];

  it("each character, alone and between letters", async () => {
    const given = blocks.flatMap(([from, to]) =>
      Array.from({ length: to - from + 1 }, (_, index) => String.fromCodePoint(from + index))
        .filter((letter) => !/\p{Cn}|\p{Cc}|\p{Cs}/u.test(letter))
        .flatMap((letter) => [letter, `a${letter}b`, `ب${letter}ت`]),
    );
    const { rows } = await owner().query<{ fold: string; areLetters: boolean }>(
      `SELECT fold_text(t) AS fold, t COLLATE "und-x-icu" ~ '^[[:alnum:]]+$' AS "areLetters"
       FROM unnest($1::text[]) WITH ORDINALITY AS given (t, n) ORDER BY n`,
      [given],
    );
    const different = rows.flatMap(({ fold, areLetters }, index) => {
      const text = given[index] ?? "";
      // A server's ICU may be older: what Unicode added later is no letter to it.
      if (/^[\p{L}\p{Nd}]+$/u.test(text) && !areLetters) return [];
      const ours = foldedWords(text).join(" ");
      return ours === fold ? [] : [{ given: text, ours, fold }];
    });
    expect(given.length).toBeGreaterThan(10_000);
    expect(different).toEqual([]);
  });

  it("texts of several scripts", async () => {
    const { rows } = await owner().query<{ fold: string }>(
      "SELECT fold_text(t) AS fold FROM unnest($1::text[]) WITH ORDINALITY AS given (t, n) ORDER BY n",
      [texts],
    );
    expect(rows.map(({ fold }) => fold)).toEqual(texts.map((text) => foldedWords(text).join(" ")));
  });
});
