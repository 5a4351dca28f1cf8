/** The owner of the database need not be a superuser. */
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { Client } from "pg";
import { describe, expect, it } from "vitest";
import { owner, ownerUrl } from "./testing/pools";

/**
 * The parts of the migration that make the application's role, under another name: the real one
 * belongs to the whole server, where it was made long before this test.
 */
const roleScript = (name: string) =>
  (
    readFileSync("prisma/migrations/0002_books/migration.sql", "utf8").match(
      /^DO \$\$.*?^\$\$;/gms,
    ) ?? []
  )
    .join("\n")
    .replaceAll("evenhour_app", name);

async function asUser<Result>(url: URL, work: (client: Client) => Promise<Result>) {
  const client = new Client({ connectionString: url.href });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

describe("an owner with CREATEROLE that is not a superuser", () => {
  it("creates the application's role and switches to it, in many databases concurrently", async () => {
    const suffix = randomBytes(6).toString("hex");
    const [user, role] = [`test_owner_${suffix}`, `test_app_${suffix}`];
    const url = new URL(ownerUrl());
    Object.assign(url, { username: user, password: suffix });
    await owner().query(`CREATE ROLE ${user} LOGIN CREATEROLE PASSWORD '${suffix}'`);
    try {
      const script = roleScript(role);
      expect(script).toContain(`CREATE ROLE ${role}`);
      await Promise.all(
        Array.from({ length: 8 }, () => asUser(url, (client) => client.query(script))),
      );
      url.searchParams.set("options", `-c role=${role}`);
      const { rows } = await asUser(url, (client) => client.query("SELECT current_user AS name"));
      expect(rows).toEqual([{ name: role }]);
    } finally {
      await owner().query(`DROP ROLE IF EXISTS ${role}`);
      await owner().query(`DROP ROLE ${user}`);
    }
  });
});
