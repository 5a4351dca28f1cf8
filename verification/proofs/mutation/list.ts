import { Client } from "pg";
import { fromFunctions } from "./from-functions";
import { fromRights } from "./from-rights";
import { fromTables } from "./from-tables";
import { fromTriggers } from "./from-triggers";
import type { Mutation } from "./mutation";

/**
 * All mutations, generated from the catalogue so that new rules are included automatically. Omits
 * database-level privileges, which copies of a database lose and no migration grants.
 * @param url the owner's URL of a migrated database
 */
export async function listMutations(url: string): Promise<Mutation[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const lists = [await fromTables(client), await fromTriggers(client)];
    return [...lists.flat(), ...(await fromRights(client)), ...(await fromFunctions(client))];
  } finally {
    await client.end();
  }
}
