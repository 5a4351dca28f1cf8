/**
 * Loads listings directly into the tables of a migrated database: communities of 100 members and 1,000
 * listings each. The measured community is the same at every size, and its rows are scattered among the
 * others', as in production.
 */
import type { Client } from "pg";
import { helped } from "./load-help";

/** Per community. */
export const LISTINGS = 1000;
const MEMBERS = 100;
export const SEARCHED_SLUG = "bench-0";
/** The current time in the loaded data. */
export const NOW = new Date("2026-11-01T12:00:00Z");

/** First and second halves of titles, in three languages. */
const words = {
  en: [
    ["Fixing", "Teaching you", "Help with", "Company for", "Lending", "Advice about", "Fun with"],
    [
      "bicycles",
      "the garden",
      "tax forms",
      "a piano",
      "old radios",
      "curtains",
      "a walk in the park",
    ],
    ["sewing machines", "Saturday shopping", "homework", "English letters", "bread and cakes"],
    ["phones and tablets", "moving house", "a shelf", "hair", "tomato plants", "chess", "the dog"],
  ],
  es: [
    ["Reparación de", "Clases de", "Ayuda con", "Compañía para", "Consejos sobre", "Paseos con"],
    ["bicicletas", "guitarra", "el jardín", "la compra", "los trámites", "costura", "cocina"],
    ["ordenadores", "mudanzas", "los niños", "el perro", "plantas", "pintura", "conversación"],
  ],
  ar: [
    ["إصلاح", "تعليم", "مساعدة في", "مرافقة إلى", "ترجمة"],
    ["الدراجات", "الطبخ", "الحديقة", "اللغة العربية", "الرسائل", "الخياطة", "الطبيب", "الحاسوب"],
  ],
} as const;

const listed = (texts: readonly string[]) =>
  `ARRAY[${texts.map((text) => `'${text.replaceAll("'", "''")}'`).join(",")}]`;

export async function loadListings(
  client: Client,
  { listings, seed }: { listings: number; seed: number },
): Promise<void> {
  if (listings % LISTINGS !== 0) throw new Error(`${listings} is no multiple of ${LISTINGS}.`);
  const communities = listings / LISTINGS;
  await client.query("BEGIN");
  await client.query("SET LOCAL maintenance_work_mem = '512MB'");
  // Skips foreign keys and the trigger that copies members' words, which are inserted here.
  await client.query("SET LOCAL session_replication_role = replica");
  const indexes = await client.query<{ name: string; definition: string }>(
    `SELECT indexname AS name, indexdef AS definition FROM pg_indexes
     WHERE indexname IN ('listing_search_idx', 'listing_trigrams_idx')`,
  );
  // Rebuilding indexes at the end is ten times as fast.
  for (const { name } of indexes.rows) await client.query(`DROP INDEX ${name}`);
  await client.query(drawing(seed));
  for (const statement of [...peopled(communities), ...helped(communities, MEMBERS)]) {
    await client.query(statement);
  }
  await client.query(putUp(communities));
  for (const { definition } of indexes.rows) await client.query(definition);
  await client.query("COMMIT");
  await client.query("VACUUM (ANALYZE)");
}

const drawing = (seed: number) => `
  CREATE OR REPLACE FUNCTION pg_temp.random(n bigint, salt integer) RETURNS float8
  LANGUAGE sql IMMUTABLE AS $$
    SELECT (hashint8extended(n, ${seed}::bigint * 16 + salt) & 16777215) / 16777216.0::float8
  $$;
  CREATE OR REPLACE FUNCTION pg_temp.id_of(kind text, n bigint) RETURNS uuid
  LANGUAGE sql IMMUTABLE AS $$ SELECT md5(kind || n || ':${seed}')::uuid $$;
  CREATE OR REPLACE FUNCTION pg_temp.one_of(texts text[], chance float8) RETURNS text
  LANGUAGE sql IMMUTABLE AS $$
    SELECT texts[1 + floor(chance * array_length(texts, 1))::integer]
  $$`;

const peopled = (communities: number) => [
  `INSERT INTO community (id, slug, name, about, language, time_zone, joining, granularity, floor,
     newcomer_floor, soft_floor, soft_ceiling, welcome_credit, confirmation_days, balances_visible,
     next_member_number, created_at)
   SELECT pg_temp.id_of('c', n), 'bench-' || n, 'Bench ' || n, '', 'en', 'Europe/Berlin', 'open',
     15, -600, -600, -300, 3000, 0, 7, true, ${MEMBERS} + 1, '2024-01-01'
   FROM generate_series(0::bigint, ${communities} - 1) AS n`,
  // Within about 6 km of each other.
  `INSERT INTO member (community_id, id, number, role, status, display_name, about, languages,
     neighbourhood, contact, joined_at, latitude, longitude)
   SELECT pg_temp.id_of('c', c), pg_temp.id_of('m', c * 1000 + n), n + 1, 'member', 'active',
     pg_temp.one_of(ARRAY['Ana','Benjamín','Chiara','Dmitri','Émile','Fatima','Göran','Hana'],
       pg_temp.random(n, 1)) || ' ' || n, '',
     CASE n % 3 WHEN 0 THEN ARRAY['English'] WHEN 1 THEN ARRAY['English','Español']
       ELSE ARRAY['العربية','english'] END,
     'Quarter ' || n % 5, '', '2024-01-02',
     27 * (14969 + floor(20 * pg_temp.random(n, 2)))::integer,
     35 * (-1058 + floor(20 * pg_temp.random(n, 3)))::integer
   FROM generate_series(0::bigint, ${communities} - 1) AS c,
     generate_series(0::bigint, ${MEMBERS} - 1) AS n`,
];

/** A title in each language, from a first half and one of its second halves. */
function titled(): string {
  const of = ([beginnings, ...ends]: readonly (readonly string[])[]) => `
    pg_temp.one_of(${listed(beginnings ?? [])}, pg_temp.random(n, 4)) || ' ' ||
    pg_temp.one_of(${listed(ends.flat())}, pg_temp.random(n, 5))`;
  return `CASE language WHEN 'es' THEN ${of(words.es)} WHEN 'ar' THEN ${of(words.ar)}
    ELSE ${of(words.en)} END`;
}

const putUp = (communities: number) => `
  INSERT INTO listing (community_id, id, member_id, kind, status, title, description, category,
    minutes, places, availability, created_at, updated_at, expires_at, language, member_words)
  SELECT community_id, drawn.id, member.id, kind::listing_kind, 'open', title,
    'Usually ' || title || ', with patience and with what is there. Ask me about ' ||
      pg_temp.one_of(${listed([...words.en[1], ...words.en[2], ...words.en[3]])},
        pg_temp.random(n, 6)) || ' too.',
    pg_temp.one_of(ARRAY['repair','garden','lessons','company','shopping','digital','cooking'],
      pg_temp.random(n, 7)), 60,
    CASE n % 3 WHEN 0 THEN ARRAY['mine'] WHEN 1 THEN ARRAY['yours'] ELSE ARRAY['mine','online'] END,
    pg_temp.one_of(ARRAY['Weekday evenings','Saturdays until noon','','Any time'],
      pg_temp.random(n, 8)), at, at, at + '90 days'::interval, language,
    display_name || ' ' || neighbourhood
  FROM (
    SELECT *, ${titled()} AS title, '2026-11-01'::timestamptz - n * '2 hours'::interval * 0.9 AS at
    FROM (
      SELECT n, pg_temp.id_of('c', c) AS community_id, pg_temp.id_of('l', c * 10000 + n) AS id,
        pg_temp.id_of('m', c * 1000 + floor(${MEMBERS} * pg_temp.random(n, 9))::bigint) AS member_id,
        CASE WHEN n % 4 = 0 THEN 'request' ELSE 'offer' END AS kind,
        CASE WHEN n % 10 < 7 THEN 'en' WHEN n % 10 < 9 THEN 'es' ELSE 'ar' END AS language
      FROM generate_series(0::bigint, ${LISTINGS} - 1) AS n,
        generate_series(0::bigint, ${communities} - 1) AS c
    ) AS numbered
  ) AS drawn
  JOIN member USING (community_id)
  WHERE member.id = member_id
  ORDER BY n, community_id`;
