/** The application's own login, which cannot become the owner. */
import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { describe, expect, it } from "vitest";
import { provideAppLogin } from "./app-login";
import { db } from "./client";
import { FORBIDDEN, state } from "./testing/books";
import { owner, ownerUrl } from "./testing/pools";
import { databaseAt } from "./testing/urls";

async function connected<Result>(url: string, work: (client: Client) => Promise<Result>) {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const ownerName = async () =>
  (await owner().query<{ name: string }>("SELECT current_user AS name")).rows[0]?.name ?? "";

describe("a connection of the application", () => {
  it("never becomes the owner", async () => {
    const name = await ownerName();
    const asks = [
      `SET ROLE "${name}"`,
      `SET SESSION AUTHORIZATION "${name}"`,
      `SELECT set_config('role', '${name}', false)`,
      `ALTER ROLE CURRENT_USER SUPERUSER`,
      `GRANT "${name}" TO CURRENT_USER`,
      "UPDATE account SET balance = 60",
    ];
    for (const ask of asks) {
      expect([ask, await state(db.$executeRawUnsafe(ask).catch(sqlState))]).toEqual([
        ask,
        FORBIDDEN,
      ]);
    }
    for (const ask of ["RESET ROLE", "SET ROLE NONE", "RESET SESSION AUTHORIZATION"]) {
      await db.$executeRawUnsafe(ask);
    }
    await db.$executeRawUnsafe("SELECT set_config('role', 'none', false)");
    const rows = await db.$queryRaw<{ owner: boolean; super: boolean }[]>`
      SELECT session_user = ${name} OR current_user = ${name} AS owner,
        (SELECT bool_or(rolsuper) FROM pg_roles WHERE rolname IN (session_user, current_user)) AS super`;
    expect(rows).toEqual([{ owner: false, super: false }]);
  });

  it("has the rights of the application's role and no others", async () => {
    const rows = await db.$queryRaw`
      SELECT (SELECT array_agg(roleid::regrole::text) FROM pg_auth_members
          WHERE member = current_user::regrole) AS roles,
        (SELECT count(*)::integer FROM pg_shdepend
          WHERE refobjid = current_user::regrole AND deptype = 'o') AS owned,
        rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls AS more
      FROM pg_roles WHERE rolname = current_user`;
    expect(rows).toEqual([{ roles: ["evenhour_app"], owned: 0, more: false }]);
  });
});

/** As an error of pg's own has it. */
const sqlState = async (error: unknown): Promise<never> => {
  const { sqlStateOf } = await import("./sql-state");
  throw Object.assign(new Error("refused"), { code: sqlStateOf(error)?.code });
};

describe("the application's login", () => {
  it("is made once, by several instances at once, and is another for another secret", async () => {
    const secret = randomBytes(16).toString("hex");
    const urls = await Promise.all(
      Array.from({ length: 4 }, () => provideAppLogin(ownerUrl(), secret)),
    );
    expect(new Set(urls).size).toBe(1);
    const other = await provideAppLogin(ownerUrl(), `${secret}!`);
    expect(other).not.toBe(urls[0]);
    for (const url of [urls[0] ?? "", other]) {
      const answer = await connected(url, (client) =>
        client.query("SELECT count(*) FROM check_books()"),
      );
      expect(answer.rows).toEqual([{ count: "0" }]);
      await owner().query(`DROP ROLE ${new URL(url).username}`);
    }
  });

  it("is made by an owner who may create roles, and not by one who may not", async () => {
    const suffix = randomBytes(6).toString("hex");
    const [may, mayNot] = [`test_may_${suffix}`, `test_may_not_${suffix}`];
    await owner().query(`CREATE ROLE ${may} LOGIN CREATEROLE PASSWORD '${suffix}'`);
    await owner().query(`CREATE ROLE ${mayNot} LOGIN PASSWORD '${suffix}'`);
    await owner().query(`GRANT evenhour_app TO ${may} WITH ADMIN OPTION`);
    const as = (user: string) => {
      const url = new URL(databaseAt(ownerUrl(), new URL(ownerUrl()).pathname.slice(1)));
      Object.assign(url, { username: user, password: suffix });
      return url.href;
    };
    const url = await provideAppLogin(as(may), suffix);
    const name = new URL(url).username;
    try {
      await expect(provideAppLogin(as(mayNot), `${suffix}!`)).rejects.toMatchObject({
        code: FORBIDDEN,
      });
      const who = await connected(url, (client) => client.query("SELECT current_user AS name"));
      expect(who.rows).toEqual([{ name }]);
    } finally {
      await owner().query(`REVOKE evenhour_app FROM ${name} GRANTED BY ${may}`);
      await owner().query(`DROP ROLE ${name}`);
      await owner().query(`DROP OWNED BY ${may}`);
      await owner().query(`DROP ROLE ${may}, ${mayNot}`);
    }
  });
});
