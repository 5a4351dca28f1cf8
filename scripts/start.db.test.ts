/** `npm run worker` on a new database. */
import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { afterAll, expect, it } from "vitest";
import { ownerUrl } from "../server/platform/db/testing/pools";
import { databaseAt } from "../server/platform/db/testing/urls";
import { outputOf, WITHOUT_TYPESCRIPT } from "./testing";

const name = `${new URL(ownerUrl()).pathname.slice(1)}_${randomBytes(4).toString("hex")}`;

async function onServer(statement: string): Promise<void> {
  const client = new Client({ connectionString: databaseAt(ownerUrl(), "postgres") });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

afterAll(() => onServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));

it("migrates and runs jobs with no TypeScript loader", async () => {
  await onServer(`CREATE DATABASE ${name}`);
  const worker = (env: Record<string, string>) =>
    outputOf("worker", { AUTH_SECRET: "x".repeat(32), ...env }, { until: /The jobs run\./ });
  // The first start builds the bundle, for which TypeScript may be loaded.
  await worker({ DATABASE_URL: "postgresql://nobody:nothing@127.0.0.1:1/nowhere" });
  const output = await worker({
    DATABASE_URL: databaseAt(ownerUrl(), name),
    NODE_OPTIONS: WITHOUT_TYPESCRIPT,
  });
  expect(output).toMatch(/^· Database brought up to date/m);
  expect(output).toMatch(/^· The jobs run\./m);
});
