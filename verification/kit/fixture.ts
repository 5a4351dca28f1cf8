/** The built product as its users start it, and people in its database who are signed in. */
import { randomBytes } from "node:crypto";
import { hashPassword } from "../../server/identity/password";
import { db } from "../../server/platform/db/client";
import { owner } from "../../server/platform/db/testing/pools";
import { makeCommunity } from "../../server/testing/people";
import type { Run } from "../proofs/proof";
import { connectTo, copyPrepared, makeFolder } from "./database";
import { type Answer, type Http, http, signIn } from "./http";
import { type Product, startProduct } from "./product";

/** Everybody's. */
export const PASSWORD = "three odd words";

export type Neighbour = { id: string; userId: string; cookie: string };

/** What a procedure answered: "ok", the name of the refusal, or "status 500" and the like. */
export type Reply = { word: string; data: unknown; answer: Answer };

export type Fixture = {
  id: string;
  slug: string;
  people: Neighbour[];
  coordinator: { id: string; userId: string };
  dataDir: string;
  secret: string;
  /**
   * The process that runs already when it is first asked for, then the same one again after it was
   * killed, or one more process on the same database.
   */
  start: (again?: boolean) => Promise<Product>;
};

/** @param count how many members besides the coordinator */
export async function openFixture(run: Pick<Run, "atEnd">, count: number): Promise<Fixture> {
  const dataDir = makeFolder(run);
  const secret = randomBytes(32).toString("base64url");
  await copyPrepared(dataDir);
  const running = new Map<number, Product>();
  const stopAll = () => Promise.all([...running.values()].map((product) => product.stop()));
  const start = async (again = true) => {
    const product = await startProduct(again ? dataDir : makeFolder(run), {
      env: {
        AUTH_SECRET: secret,
        // Everybody comes from an address of their own, as in a neighbourhood.
        TRUST_PROXY: "1",
        // Nor do people read as fast as a proof.
        EVENHOUR_READS_PER_MINUTE: "0",
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

/** Gives people a password and signs them in, each from an address of their own. @returns their cookies */
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

/** Sets every member's limits; no ceiling for null. */
export async function setLimits(
  { id, people, coordinator }: Fixture,
  floor: number,
  ceiling: number | null,
): Promise<void> {
  for (const person of people) {
    await owner().query("SELECT decide_member_limits($1, $2, $3, $4, $5, 'because')", [
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
