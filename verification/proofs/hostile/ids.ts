/** Ids chosen by callers: the same request again, another request with the same id, and both at once. */
import { v7 } from "uuid";
import { owner } from "../../../server/platform/db/testing/pools";
import { clearRateLimits } from "../../kit/database";
import { definitionOf } from "../procedures";
import { check } from "../proof";
import type { Answer, Hostile } from "./calls";

/** Inputs tried until one is accepted. */
const TRIES = 25;

type Input = Record<string, unknown>;

/**
 * Tests every procedure that carries out a request under a new id chosen by the caller.
 * @returns their paths
 * @throws Violated
 */
export async function replayAll(hostile: Hostile): Promise<string[]> {
  const replayed: string[] = [];
  for (const path of hostile.paths) {
    if (definitionOf(path).type === "query") continue;
    const accepted = await firstAccepted(hostile, path);
    if (!accepted) continue;
    replayed.push(path);
    await again(hostile, path, accepted);
    await together(hostile, path, accepted);
  }
  return replayed;
}

type Accepted = { input: Input; answer: Answer };

async function firstAccepted(hostile: Hostile, path: string): Promise<Accepted | null> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const made = await hostile.inputFor(path);
    if (!made || typeof made.id !== "string") return null;
    const input = withId(path, made, v7());
    await clearRateLimits();
    const answer = await hostile.send(path, input);
    if (answer.ok) return { input, answer };
  }
  return null;
}

/** Adds the confirmation of a duplicate where the procedure asks for it. */
function withId(path: string, made: Input, id: unknown): Input {
  const schema = definitionOf(path).inputs[0];
  const sure = { ...made, id, confirmedDuplicate: true };
  return schema?.safeParse(sure).success ? sure : { ...made, id };
}

/** A different input for the same community and id. */
async function otherContent({ inputFor }: Hostile, path: string, first: Input): Promise<Input> {
  const content = (input: Input) => JSON.stringify(definitionOf(path).inputs[0]?.parse(input));
  for (;;) {
    const made = { ...(await inputFor(path)), community: first.community };
    const other = withId(path, made, first.id);
    if (content(other) !== content(first)) return other;
  }
}

/** Checks that repeating the request, or sending another one under its id, changes nothing. */
async function again(hostile: Hostile, path: string, { input, answer }: Accepted): Promise<void> {
  const before = await stateOfAll();
  const same = await hostile.send(path, input, answer.actorId);
  check(same.ok, `${path} refuses what it accepted before: ${same.reason}`);
  check(same.text === answer.text, `${path} answers ${same.text} after ${answer.text}`);
  for (let tries = 0; tries < 3; tries += 1) {
    const other = await otherContent(hostile, path, input);
    const { reason } = await hostile.send(path, other, answer.actorId);
    const seen = `${path} with a used id and ${JSON.stringify(other)}`;
    check(reason === "sameIdOtherContent", `${seen} is answered ${reason || "as carried out"}`);
    const stranger = await hostile.send(path, other);
    check(!stranger.ok, `${seen} is carried out for another user`);
  }
  check(before === (await stateOfAll()), `${path} changed something under a used id`);
}

/** Sends two contents twice each at once under one id; only one may be carried out. */
async function together(hostile: Hostile, path: string, accepted: Accepted): Promise<void> {
  for (let tries = 0; tries < 3; tries += 1) {
    await clearRateLimits();
    const one = { ...accepted.input, id: v7() };
    const other = await otherContent(hostile, path, one);
    const sent = [one, other, one, other];
    const answers = await Promise.all(
      sent.map((input) => hostile.send(path, input, accepted.answer.actorId)),
    );
    const done = answers.flatMap(({ ok }, index) => (ok ? [index % 2] : []));
    check(new Set(done).size < 2, `${path} carried out two contents under one id`);
    const texts = new Set(answers.flatMap(({ ok, text }) => (ok ? [text] : [])));
    check(texts.size < 2, `${path} answers one id differently: ${[...texts]}`);
    for (const { ok, reason } of answers) {
      check(ok || reason !== "unexpected", `${path} fails when an id arrives twice at once`);
    }
  }
}

/** A digest of all tables except the rate limits. */
async function stateOfAll(): Promise<string> {
  const { rows: tables } = await owner().query<{ name: string }>(
    `SELECT quote_ident(relname) AS name FROM pg_class
     WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'rate_limit'
     ORDER BY relname`,
  );
  const sums = tables.map(
    ({ name }) =>
      `SELECT md5(coalesce(string_agg(t::text, '' ORDER BY t::text), '')) AS sum FROM ${name} t`,
  );
  const { rows } = await owner().query<{ sum: string }>(sums.join(" UNION ALL "));
  return rows.map(({ sum }) => sum).join(" ");
}
