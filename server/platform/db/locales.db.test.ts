/**
 * Folding, stems, trigrams and sorting do not depend on the locale of the database: each that a server can
 * have gives the same.
 */
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { writtenLanguages } from "@/domain/kernel/written-languages";
import { migrate } from "./migrate";
import { owner } from "./testing/pools";
import { texts } from "./testing/texts";
import { databaseAt } from "./testing/urls";

const NAME = `evenhour_locale_${process.pid}`;

/** The two extremes: no letters beyond ASCII, and another lower case of I. */
const locales = {
  c: "LOCALE 'C'",
  turkish: "LOCALE_PROVIDER icu ICU_LOCALE 'tr' LOCALE 'C'",
};
const clients: Client[] = [];

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
