/** What the functions of spelling and search return; folding gives the same as the rule in TypeScript. */
import { describe, expect, it } from "vitest";
import { foldedWords } from "../../../domain/kernel/words";
import { owner } from "./testing/pools";
import { texts } from "./testing/texts";

const COMMUNITY = "'00000000-0000-0000-0000-0000000abcde'";
const query = (language: string, words: string) =>
  `search_query(${COMMUNITY}, '${language}', '${words}')`;

/** Expressions and their values as text. */
const values: [expression: string, value: string][] = [
  ["normalize_text('', 'KIZLAR')", "kizlar"],
  ["normalize_text('tr', 'KIZLAR')", "kızlar"],
  ["normalize_text('az', 'ISI')", "ısı"],
  ["normalize_text('', '\u1C90\u1C91')", "აბ"],
  ["normalize_text('', '١٢٣ 3D打印')", "123 3d 打印"],
  ["normalize_text('', 'می\u200Cخواهید دوچرخه ها')", "می_خواهید دوچرخه_ها"],
  ["transliterate('müller')", "mueller"],
  ["split_words('', '2-room-flat')", "{2,room,flat,2roomflat,2room,roomflat}"],
  ["split_words('', 'a-b-c-d-e')", "{a,b,c,d,e,abcde,ab,abc,abcd,bc,bcd,bcde,cd,cde,de}"],
  ["split_words('', 'a-b-c-d-e-f')", "{a,b,c,d,e,f,abcdef}"],
  ["split_words('', 'e-mail')", "{e,mail,email}"],
  ["fold_compounds('the garden')", "the garden"],
  ["fold_compounds('Müller Straße')", "muller strasse mueller"],
  ["fold_compounds('Århus e-mail')", "arhus e mail email aarhus"],
  ["fold_compounds('والخياطة הבית')", "والخياطه הבית خياطه בית"],
  ["stems_of('en', 'gardening')", "{garden}"],
  ["stems_of('en', 'the')", "{}"],
  ["stems_of('xx', 'gardening')", "{gardening}"],
  ["stems_of('ru', 'gardening')", "{garden}"],
  ["stems_of('es', 'invitacion')", "{invit}"],
  ["stems_of('fa', 'کتابها')", "{كتاب}"],
  ["stems_of('ar', 'والخياطة')", "{خياط,والخياط}"],
  ["stems_of('ar', 'للغة')", "{غه,لغ}"],
  ["stems_of('ar', 'ولد')", "{ولد,ولد,ولد}"],
  ["stems_of('he', 'והבית')", "{והב,הבי,בית,והב,והב,והב}"],
  ["trigram_letters('garden')", "garden"],
  ["trigram_letters('шах')", "q2n"],
  ["trigram_letters('我家在 ab')", "nneg egh2 ab"],
  [
    `listing_words(${COMMUNITY}, 'de', 'Müller', 'e-mail', '我家', 'Jane the')`,
    "'0abcdee':4C '0abcdeemail':6C '0abcdejane':2B '0abcdemail':5C '0abcdemueller':1A " +
      "'0abcdemull':1A '0abcdemuller':1A '0abcdethe':3B '0abcde家':8 '0abcde我家':7",
  ],
  [
    query("de", "Müller e-mail"),
    "( '0abcdemuller' | '0abcdemueller' | '0abcdemull' ) & ( '0abcdeemail':* | '0abcdeemail' | " +
      "( '0abcdee' | '0abcdee' ) & ( '0abcdemail':* | '0abcdemail' ) )",
  ],
  [query("en", "the garden"), "'0abcdegarden':* | '0abcdegarden'"],
  [query("en", "the"), "'0abcdethe':*"],
  [query("zh", "我家"), "'0abcde我家'"],
  [query("zh", "我"), "'0abcde我':*"],
  [query("en", ""), ""],
];

describe("the functions of spelling and search", () => {
  it.each(values)("%s is %s", async (expression, value) => {
    const { rows } = await owner().query(`SELECT (${expression})::text AS value`);
    expect(rows).toEqual([{ value }]);
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
