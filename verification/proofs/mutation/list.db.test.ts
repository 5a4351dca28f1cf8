/** The mutations are valid SQL: an invalid one would end a long run. */
import { expect, it } from "vitest";
import { owner, ownerUrl } from "../../../server/platform/db/testing/pools";
import { listMutations } from "./list";

it("applies each mutation", async () => {
  const mutations = await listMutations(ownerUrl());
  const client = await owner().connect();
  const refused: string[] = [];
  try {
    for (const { name, sql } of mutations) {
      await client.query("BEGIN");
      await client.query(sql).catch((error: Error) => refused.push(`${name}: ${error.message}`));
      await client.query("ROLLBACK");
    }
  } finally {
    client.release();
  }
  expect(refused).toEqual([]);
  expect(mutations.length).toBeGreaterThan(1000);
});
