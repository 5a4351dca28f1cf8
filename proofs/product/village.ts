/** The built product as its users start it, and people in its database who are signed in. */
import { randomBytes } from "node:crypto";
import { type Answer, type Http, http, signIn } from "../../bench/http";
import { type Product, startProduct } from "../../e2e/product";
import { db, disconnect } from "../../server/db/client";
import { endPools, owner } from "../../server/db/testing";
import { hashPassword } from "../../server/services/password";
import { makeCommunity } from "../../server/testing-people";
import type { Run } from "../proof";
import { makeFolder } from "../world";

const PASSWORD = "three odd words";

export type Neighbour = { id: string; userId: string; cookie: string };

/** What a procedure answered: "ok", the name of the refusal, or "status 500" and the like. */
export type Reply = { word: string; data: unknown; answer: Answer };

export type Village = {
  id: string;
  slug: string;
  people: Neighbour[];
  coordinator: { id: string; userId: string };
  dataDir: string;
  secret: string;
  /** Starts one more process on the same database, or the first one again after it was killed. */
  start: (again?: boolean) => Promise<Product>;
};

/** @param count how many members besides the coordinator */
export async function openVillage(run: Pick<Run, "atEnd">, count: number): Promise<Village> {
  const dataDir = makeFolder(run);
  const secret = randomBytes(32).toString("base64url");
  const running = new Map<number, Product>();
  const stopAll = () => Promise.all([...running.values()].map((product) => product.stop()));
  const start = async (again = true) => {
    const product = await startProduct(again ? dataDir : makeFolder(run), {
      env: {
        AUTH_SECRET: secret,
        // Everybody comes from an address of their own, as in a neighbourhood.
        TRUST_PROXY: "1",
        ...(again ? {} : { DATABASE_URL: process.env.DATABASE_URL ?? "" }),
      },
    });
    running.set(product.pid, product);
    return product;
  };
  run.atEnd(stopAll);
  const first = await start();
  Object.assign(process.env, { DATABASE_URL: first.databaseUrl, AUTH_SECRET: secret });
  delete process.env.APP_DATABASE_URL;
  run.atEnd(() => Promise.all([disconnect(), endPools()]));

  const names = Array.from({ length: count }, (_, index) => `m${index}`);
  const made = await makeCommunity(names);
  const passwordHash = await hashPassword(PASSWORD);
  await db.user.updateMany({ data: { passwordHash } });
  const client = http(first.baseUrl, 1);
  const people: Neighbour[] = [];
  for (const [index, { id, userId }] of Object.values(made.members).entries()) {
    const credentials = { email: `${userId}@example.org`, password: PASSWORD };
    const address = `10.0.0.${index + 1}`;
    people.push({ id, userId, cookie: await signIn(client, first.baseUrl, credentials, address) });
  }
  client.close();
  await first.stop();
  running.clear();
  const { id, slug, coordinator } = made;
  return { id, slug, people, coordinator, dataDir, secret, start };
}

/** Sets every member's limits; null for none. */
export async function setLimits(
  { id, people }: Village,
  floor: number | null,
  ceiling: number | null,
): Promise<void> {
  for (const person of people) {
    await owner().query("SELECT set_limits($1, $2, $3, $4)", [id, person.id, floor, ceiling]);
  }
}

/** Sends a mutation as a browser does. @throws when the connection breaks */
export async function send(
  { send: ask }: Http,
  baseUrl: string,
  cookie: string,
  procedure: string,
  input: object,
): Promise<Reply> {
  const answer = await ask(`/api/trpc/${procedure}`, {
    method: "POST",
    headers: { cookie, origin: baseUrl, "content-type": "application/json" },
    body: JSON.stringify({ json: input }),
  });
  return { ...readReply(answer), answer };
}

type Envelope = {
  result?: { data: { json: unknown } };
  error?: { json?: { data?: { reason?: string } } };
};

function readReply({ status, body }: Answer): Pick<Reply, "word" | "data"> {
  let read: Envelope;
  try {
    read = JSON.parse(body.toString());
  } catch {
    return { word: `status ${status}`, data: null };
  }
  if (read.result) return { word: "ok", data: read.result.data.json };
  const reason = status < 500 && read.error?.json?.data?.reason;
  return { word: reason || `status ${status}`, data: null };
}
