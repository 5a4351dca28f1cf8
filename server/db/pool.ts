import { DatabaseError, Pool, type PoolConfig, type QueryConfig, type QueryResult } from "pg";
import { noteTrouble } from "./trouble";

/**
 * Connections that are kept when a statement is refused. The pool's own way closes them; but after
 * a refusal of the books a connection is as good as before, and a new one costs more than most
 * statements. Its `query` gives a promise and takes no callback.
 */
export function makePool(config: PoolConfig): Pool {
  const pool = new Pool(config);
  const query = (...request: [QueryConfig]) => askOn(pool, request);
  return Object.assign(pool, { query });
}

async function askOn(pool: Pool, request: [QueryConfig]): Promise<QueryResult> {
  const client = await pool.connect().catch((error: unknown) => {
    noteTrouble(error);
    throw error;
  });
  // One that breaks fails its statement as well.
  const ignore = () => undefined;
  client.on("error", ignore);
  let broken: Error | undefined;
  try {
    return await client.query(...request);
  } catch (error) {
    noteTrouble(error);
    const isRefusal = error instanceof DatabaseError && error.severity === "ERROR";
    if (!isRefusal) broken = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    client.off("error", ignore);
    client.release(broken);
  }
}
