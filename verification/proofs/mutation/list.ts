import { Client } from "pg";
import { fromFunctions } from "./from-functions";
import { fromRights } from "./from-rights";
import { fromTables } from "./from-tables";
import { fromTriggers } from "./from-triggers";
import type { Mutation } from "./mutation";

/**
 * All mutations, read from the catalogue, so that a new rule is in the list by itself. Left out
 * is what no copy of a database carries along: the rights on the database as a whole, of which
 * the migrations grant none.
 * @param url the owner's address of a migrated database
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
