/** Texts that are hard to lay out, which replace the demo's texts wherever members write. */
import { Client } from "pg";

/** A name of 60 letters in one word. */
const LONG_WORD = "Donaudampfschifffahrtsgesellschaftskapitaenswitwenversorgung".slice(0, 60);
/** A URL of 300 characters in one word. */
const LONG_URL = `https://example.org/watch?before=${"Zx9_-kQ7aB".repeat(30)}`
  .slice(0, 299)
  .concat("/");
/** A place of 90 characters in one word. */
const LONG_PLACE = `${LONG_WORD}hinterhausquergebaeude`.slice(0, 90);

const MOBILE = "+49 176 555 0148";
const LANDLINE = "(030) 555-0148";
const EASTERN = "٠١٥٥ ٠١٤ ٨٨٧٧";
export const PHONES = [MOBILE, LANDLINE, EASTERN];

const STREET = "Gartenstr. 5 (2nd floor), Berlin.";
const ASK_NORA = "اسأل عن Nora (بعد 6 م).";
const RING = "Ring twice (after 6 pm).";

/** Lines that mix letters, digits and punctuation of both directions. */
export const MIXED = {
  names: ["محمد علي (Haus 3)", "Amal أمل 7", "O'Brien & Sons (Nord)"],
  titles: [
    'Fix my bike (26") + tyres!',
    "تعليم Excel و Word (مبتدئ)!",
    "Arabic (العربية) for 2 hours?",
    `Video: ${LONG_WORD}!`.slice(0, 90),
  ],
  lines: [
    "Gartenstr. 5 (2nd floor), Berlin.",
    "اسأل عن Nora (بعد 6 م).",
    "Ring twice (after 6 pm).",
  ],
};

/** Several lines, each with its own direction. */
const paragraphs = [
  `مرحبا، اتصل على ${MOBILE} مساء\n${MOBILE}\n${RING}\n${STREET}`,
  `Watch before: ${LONG_URL}\n${ASK_NORA}\n${LANDLINE}`,
  `${STREET}\nالهاتف ${EASTERN} أو ${LANDLINE}\n${LONG_WORD}`,
];
const contacts = [
  `${MOBILE}\n${RING}`,
  `الهاتف: ${MOBILE}\nhttps://example.org/${"a".repeat(200)}`,
  `${STREET}\n${LANDLINE}`,
];
const places = [LONG_PLACE, STREET, ASK_NORA, LONG_URL.slice(0, 200)];
const names = [LONG_WORD, ...MIXED.names];
const short = ["Gärtnerviertel", LONG_WORD, "حي Nord (2)"];
const emails = [`${"a".repeat(60)}@${"b".repeat(60)}.example.org`, "nora@example.org"];

/** The columns with members' texts, and the texts that replace them in turn. */
const OVERWRITTEN: [table: string, column: string, texts: string[]][] = [
  ["community", "name", ["Nachbarschaftshilfegenossenschaft حي (Nord)"]],
  ["community", "about", paragraphs],
  ["member", "display_name", names],
  ["member", "about", paragraphs],
  ["member", "contact", contacts],
  ["member", "neighbourhood", short],
  ["invitation", "label", names],
  ["listing", "title", MIXED.titles],
  ["listing", "description", paragraphs],
  ["listing", "availability", places],
  ["exchange", "title", MIXED.titles],
  ["exchange", "place_note", places],
  ["exchange_note", "text", paragraphs],
  ["thanks", "text", paragraphs],
  ["private_word", "text", paragraphs],
  ["mail", "subject", MIXED.titles],
  ["mail", "recipient", emails],
];

/** Replaces the demo's texts, each in turn. */
export async function writeUnrulyTexts(databaseUrl: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    for (const [table, column, texts] of OVERWRITTEN) {
      await client.query(
        `UPDATE ${table} SET ${column} = ($1::text[])[1 + place.number % $2]
         FROM (SELECT ctid, row_number() OVER (ORDER BY ctid)::int AS number FROM ${table}) AS place
         WHERE place.ctid = ${table}.ctid`,
        [texts, texts.length],
      );
    }
    // Names are unique.
    await client.query("UPDATE neighbourhood SET name = left($1 || id, 60)", [
      "Gärtnerviertel حي ",
    ]);
    // Only events that have a text.
    await client.query("UPDATE exchange_event SET reason = $1 WHERE reason <> ''", [
      paragraphs[1] ?? "",
    ]);
    await client.query(
      `UPDATE saved_search SET filters = filters || jsonb_build_object('words', CASE
         WHEN id = (SELECT min(id::text)::uuid FROM saved_search) THEN $1::text ELSE $2 END)`,
      ["Fahrradreparaturwerkstattbesuch".repeat(2), "دراجة (26)"],
    );
    await client.query("UPDATE member SET languages = $1", [
      ["Plattdeutschniederfraenkischesprache", "العربية", "Español (México)"],
    ]);
  } finally {
    await client.end();
  }
}

/** One exchange of each status and side of a member. @returns their ids by status and side */
export async function exchangesOf(
  databaseUrl: string,
  email: string,
): Promise<Record<string, string>> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ status: string; id: string }>(
      `SELECT DISTINCT ON (status, iam) status || '-' || iam AS status, id FROM (
         SELECT exchange.status, exchange.id,
           CASE WHEN giver_id = member.id THEN 'giver' ELSE 'receiver' END AS iam
         FROM exchange JOIN member ON member.id IN (giver_id, receiver_id)
         JOIN "user" ON "user".id = member.user_id WHERE "user".email = $1) AS mine
       ORDER BY status, iam, id`,
      [email],
    );
    return Object.fromEntries(rows.map(({ status, id }) => [status, id]));
  } finally {
    await client.end();
  }
}
