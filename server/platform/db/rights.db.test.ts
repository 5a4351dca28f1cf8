/** The exact rights of the application's role and of others in the database. */
import { describe, expect, it } from "vitest";
import { FORBIDDEN, makeBooks, state } from "./testing/books";
import { app, owner } from "./testing/pools";
import { TABLES } from "./testing/rows";

const BOOKS = ["account", "transfer", "hold", "statement", "vouch", "limit_decision"];
const HISTORY = ["exchange_event", "exchange_note", "request_id"];
const WEEKS = ["availability", "availability_override"];
const PEOPLE = [
  "installation",
  "user",
  "session",
  "sign_in_link",
  "revocation",
  "community",
  "member",
  "invitation",
  "privacy_notice",
  "listing",
  "exchange",
];
const FUNCTIONS = [
  "open_account",
  "decide_member_limits",
  "post_transfer",
  "post_transfers",
  "reverse_transfer",
  "place_hold",
  "release_hold",
  "check_books",
  "enqueue_job",
  "cancel_job",
  "vouch_for",
  // Used by generated columns when a row is written; the last two are used by searches.
  "fold_text",
  "fold_texts",
  "fold_compounds",
  "listing_words",
  "search_query",
  "trigram_letters",
];

/** Excludes functions of extensions. */
const OURS = "NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')";

const ask = async <Row extends object>(question: string) =>
  (await owner().query<Row>(question)).rows;
/** Names with what was found of them. */
const listed = (rows: { name: string; rights: string }[]) =>
  Object.fromEntries(rows.map(({ name, rights }) => [name, rights]));

describe("the application's role", () => {
  it("has these rights on tables, its own or everybody's", async () => {
    const rows = await ask<{ name: string; rights: string }>(
      `SELECT relname AS name, string_agg(privilege_type, ' ' ORDER BY privilege_type) AS rights
       FROM pg_class, aclexplode(acldefault('r', relowner))
       WHERE relkind IN ('r', 'v', 'm', 'p', 'f')
         AND relnamespace IN ('public'::regnamespace, 'graphile_worker'::regnamespace)
         AND has_table_privilege('evenhour_app', oid, privilege_type) GROUP BY 1`,
    );
    const expected: Record<string, string> = {
      ...Object.fromEntries(BOOKS.map((name) => [name, "SELECT"])),
      ...Object.fromEntries(HISTORY.map((name) => [name, "INSERT SELECT"])),
      ...Object.fromEntries(PEOPLE.map((name) => [name, "INSERT SELECT UPDATE"])),
      ...Object.fromEntries(WEEKS.map((name) => [name, "DELETE INSERT SELECT"])),
      calendar_feed: "DELETE INSERT SELECT UPDATE",
      identity: "DELETE INSERT SELECT UPDATE",
      known_device: "DELETE INSERT SELECT UPDATE",
      mail: "DELETE INSERT SELECT UPDATE",
      mail_token: "DELETE INSERT SELECT",
      email_change: "DELETE INSERT SELECT UPDATE",
      notification: "DELETE INSERT SELECT UPDATE",
      notification_settings: "INSERT SELECT UPDATE",
      neighbourhood: "DELETE INSERT SELECT UPDATE",
      push_subscription: "DELETE INSERT SELECT UPDATE",
      push: "DELETE INSERT SELECT",
      private_word: "INSERT SELECT UPDATE",
      member_join: "DELETE INSERT SELECT",
      photo: "DELETE INSERT SELECT",
      thanks: "DELETE INSERT SELECT UPDATE",
      rate_limit: "DELETE INSERT SELECT UPDATE",
      saved_search: "DELETE INSERT SELECT UPDATE",
    };
    expect(
      TABLES.filter((table) => !(table in expected)),
      "Add the rights of these tables to the lists of this file.",
    ).toEqual([]);
    expect(listed(rows)).toEqual(expected);
  });

  it("has no right on a single column", async () => {
    expect(
      await ask(
        `SELECT attrelid::regclass AS "table", attname, attacl FROM pg_attribute
         JOIN pg_class c ON c.oid = attrelid
         WHERE attacl IS NOT NULL AND relnamespace = 'public'::regnamespace`,
      ),
    ).toEqual([]);
  });

  it("may call the functions that the application calls", async () => {
    const rows = await ask<{ name: string }>(
      `SELECT proname AS name FROM pg_proc
       WHERE pronamespace IN ('public'::regnamespace, 'graphile_worker'::regnamespace)
         AND has_schema_privilege('evenhour_app', pronamespace, 'USAGE')
         AND has_function_privilege('evenhour_app', oid, 'EXECUTE') AND ${OURS}`,
    );
    expect(rows.map(({ name }) => name).sort()).toEqual([...FUNCTIONS].sort());
  });

  it("looks into ours and the extensions, and makes nothing anywhere", async () => {
    const rows = await ask<{ name: string; rights: string }>(
      `SELECT nspname AS name, string_agg(privilege_type, ' ' ORDER BY privilege_type) AS rights
       FROM pg_namespace, aclexplode(acldefault('n', nspowner))
       WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'
         AND has_schema_privilege('evenhour_app', oid, privilege_type) GROUP BY 1`,
    );
    expect(listed(rows)).toEqual({ public: "USAGE", extension: "USAGE" });
  });

  it("owns nothing", async () => {
    expect(
      await ask(
        `SELECT classid::regclass AS kind, objid FROM pg_shdepend
         WHERE refobjid = 'evenhour_app'::regrole AND deptype = 'o'
           AND dbid IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))`,
      ),
    ).toEqual([]);
  });

  it("has no rights outside this database, and is a member of no other role", async () => {
    expect(
      await ask(
        `SELECT rolname FROM pg_roles WHERE rolname = 'evenhour_app'
           AND (rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls)
         UNION ALL SELECT roleid::regrole::text::name FROM pg_auth_members
         WHERE member = 'evenhour_app'::regrole`,
      ),
    ).toEqual([]);
  });
});

describe("other roles", () => {
  it("have no rights on schemas, tables and functions", async () => {
    expect(
      await ask(
        `WITH acl AS (
           SELECT oid::regclass::text AS name, relowner AS owner, relnamespace AS schema,
             coalesce(relacl, acldefault('r', relowner)) AS acl
           FROM pg_class WHERE relkind IN ('r', 'v', 'm', 'p', 'f')
           UNION ALL SELECT oid::regprocedure::text, proowner, pronamespace,
             coalesce(proacl, acldefault('f', proowner)) FROM pg_proc
           WHERE ${OURS}
           UNION ALL SELECT nspname, nspowner, oid, coalesce(nspacl, acldefault('n', nspowner))
           FROM pg_namespace
         )
         SELECT name, grantee, privilege_type FROM acl, aclexplode(acl)
         WHERE (schema = 'public'::regnamespace OR name = 'graphile_worker')
           AND grantee NOT IN (owner, 'evenhour_app'::regrole)`,
      ),
    ).toEqual([]);
  });
});

describe("each function", () => {
  it("runs with its owner's rights and a fixed search_path", async () => {
    const rows = await ask<{ name: string; definer: boolean; config: string[] | null }>(
      `SELECT proname AS name, prosecdef AS definer, proconfig AS config
       FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND ${OURS}`,
    );
    for (const { name, definer, config } of rows) {
      expect({ name, definer, config }).toEqual({
        name,
        definer: true,
        config: ["search_path=pg_catalog, public, pg_temp"],
      });
    }
  });
});

describe("the statement", () => {
  it("cannot be read without the right to read the transfers", async () => {
    await makeBooks();
    const client = await owner().connect();
    try {
      await client.query("BEGIN");
      await client.query("REVOKE SELECT ON transfer FROM evenhour_app");
      await client.query("SET LOCAL ROLE evenhour_app");
      expect(await state(client.query("SELECT * FROM statement"))).toBe(FORBIDDEN);
    } finally {
      await client.query("ROLLBACK");
      client.release();
    }
    expect(await state(app().query("SELECT * FROM statement"))).toBe("accepted");
  });
});
