/** The built product, started as its users start it, with signed-in members in its database. */
import { randomBytes } from "node:crypto";
import { hashPassword } from "../../server/identity/password";
import { db } from "../../server/platform/db/client";
import { owner } from "../../server/platform/db/testing/pools";
import { makeCommunity } from "../../server/testing/people";
import type { Run } from "../proofs/proof";
import { connectTo, copyPrepared, makeFolder } from "./database";
import { type Answer, type Http, http, signIn } from "./http";
import { type Product, startProduct } from "./product";

/** The password of every member. */
export const PASSWORD = "three odd words";

export type Neighbour = { id: string; userId: string; cookie: string };

/** A procedure's answer: "ok", the error code, or "status 500" and the like. */
export type Reply = { word: string; data: unknown; answer: Answer };

export type Fixture = {
  id: string;
  slug: string;
  people: Neighbour[];
  coordinator: { id: string; userId: string };
  dataDir: string;
  secret: string;
  /**
   * Starts the product. The first call returns the process that already runs; a later one restarts
   * it after it was killed, and `start(false)` adds an instance on the same database.
   */
  start: (again?: boolean) => Promise<Product>;
};

/**
 * @param count number of members besides the coordinator
 * @param env further environment variables of the product
 */
export async function openFixture(
  run: Pick<Run, "atEnd">,
  count: number,
  env: Record<string, string> = {},
): Promise<Fixture> {
  const dataDir = makeFolder(run);
  const secret = randomBytes(32).toString("base64url");
  await copyPrepared(dataDir);
  const running = new Map<number, Product>();
  const stopAll = () => Promise.all([...running.values()].map((product) => product.stop()));
  const start = async (again = true) => {
    const product = await startProduct(again ? dataDir : makeFolder(run), {
      env: {
        AUTH_SECRET: secret,
        // Gives each member their own network address.
        TRUST_PROXY: "1",
        // Proofs read faster than people.
        EVENHOUR_READS_PER_MINUTE: "0",
        ...env,
        ...(again ? {} : { DATABASE_URL: process.env.DATABASE_URL ?? "" }),
      },
    });
    running.set(product.pid, product);
    return product;
  };
  run.atEnd(stopAll);
  const first = await start();
  connectTo(run, first.databaseUrl, secret);

  const names = Array.from({ length: count }, (_, index) => `m${index}`);
  const made = await makeCommunity(names);
  const members = Object.values(made.members);
  const cookies = await signInAll(first.baseUrl, members);
  const people = members.map((member, index) => ({ ...member, cookie: cookies[index] ?? "" }));
  const { id, slug, coordinator } = made;
  let ready: Product | null = first;
  const startNext = async (again = true) => {
    const product = again && ready ? ready : await start(again);
    if (again) ready = null;
    return product;
  };
  return { id, slug, people, coordinator, dataDir, secret, start: startNext };
}

/** Sets a password for each user and signs them in, each from their own address. @returns the cookies */
export async function signInAll(baseUrl: string, people: { userId: string }[]): Promise<string[]> {
  await db.user.updateMany({ data: { passwordHash: await hashPassword(PASSWORD) } });
  const client = http(baseUrl, 1);
  const cookies: string[] = [];
  for (const [index, { userId }] of people.entries()) {
    const credentials = { email: `${userId}@example.org`, password: PASSWORD };
    cookies.push(await signIn(client, baseUrl, credentials, `10.0.0.${index + 1}`));
  }
  client.close();
  return cookies;
}

/** Sets the limits of every member, in minutes. @param ceiling null for none */
export async function setLimits(
  { id, people, coordinator }: Fixture,
  floor: number,
  ceiling: number | null,
): Promise<void> {
  for (const person of people) {
    await owner().query("SELECT decide_member_limits($1, $2, $3, $4, $5, 'because', NULL)", [
      id,
      person.id,
      floor,
      ceiling,
      coordinator.id,
    ]);
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
