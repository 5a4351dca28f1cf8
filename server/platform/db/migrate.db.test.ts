import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { schemaDiff } from "./migrate";
import { owner, ownerUrl } from "./testing/pools";

describe("the migrated database", () => {
  it("does not differ from schema.prisma", async () => {
    expect(await schemaDiff(ownerUrl())).toBe("");
  });

  it("differs from schema.prisma after a column was added by hand", async () => {
    await owner().query("ALTER TABLE mail ADD COLUMN surprise text");
    expect(await schemaDiff(ownerUrl())).toContain("surprise");
    await owner().query("ALTER TABLE mail DROP COLUMN surprise");
  });

  it("has exactly the functions of prisma/sql, with the same text", async () => {
    const { rows } = await owner().query<{ name: string; body: string }>(
      `SELECT proname AS name, prosrc AS body FROM pg_proc
       WHERE pronamespace = 'public'::regnamespace
         AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')`,
    );
    const files = readdirSync("prisma/sql").filter((name) => !name.startsWith("00_"));
    expect(rows.map(({ name }) => `${name}.sql`).sort()).toEqual(files.sort());
    for (const { name, body } of rows) {
      const text = readFileSync(`prisma/sql/${name}.sql`, "utf8");
      expect(text.split("$$")[1]?.trim()).toBe(body.trim());
    }
  });
});
