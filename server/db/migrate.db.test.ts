import { describe, expect, it } from "vitest";
import { schemaDiff } from "./migrate";
import { owner, ownerUrl } from "./testing";

describe("the migrated database", () => {
  it("does not differ from schema.prisma", async () => {
    expect(await schemaDiff(ownerUrl())).toBe("");
  });

  it("does differ once somebody adds a column by hand", async () => {
    await owner().query("ALTER TABLE mail ADD COLUMN surprise text");
    expect(await schemaDiff(ownerUrl())).toContain("surprise");
    await owner().query("ALTER TABLE mail DROP COLUMN surprise");
  });
});
