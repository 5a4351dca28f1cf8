/** Calls every procedure at every access level and records the answers. */
import { TRPCError } from "@trpc/server";
import { Client } from "pg";
import { DomainError } from "../../../domain/kernel/errors";
import { QUEUE, tablesOf } from "../../../server/backup/tables";
import { openSession } from "../../../server/testing/people";
import { definitionOf, paths } from "../procedures";
import { check } from "../proof";
import { type Case, cases } from "./cases";
import { agreed, between, type Maker } from "./objects";
import { type ActorName, actors, as, columns, makeScene, type Scene, SECRET } from "./scene";
import type { Table } from "./table";

/** The cell of a combination that does not apply, such as a stranger's own object. */
export const NONE = "·";
const WORDS: Record<string, string> = { notFound: "hidden", signInFirst: "sign in" };

export type Tried = { found: Table; calls: number; refusals: number; compared: number };

/** @throws Violated when a procedure has no case, or a refused call changed something */
export async function tryAll(
  url: string,
  say: (line: string) => void,
  wanted = paths,
): Promise<Tried> {
  const client = new Client({ connectionString: url });
  await client.connect();
  // The rate limits count refused calls too.
  const tables = (await tablesOf(client)).filter(({ name }) => name !== "rate_limit");
  const everything = digestOf(tables);
  const tried: Tried = { found: new Map(), calls: 0, refusals: 0, compared: 0 };
  const digest = async () => {
    const { rows } = await client.query<{ digest: string }>(everything);
    return rows[0]?.digest;
  };

  /** @returns the word for the table */
  async function attempt(path: string, name: ActorName, input: unknown, { scene, now }: Attempt) {
    const [group = "", procedure = ""] = path.split(".");
    const person = scene.personOf(name);
    const kind = definitionOf(path).type;
    // Only the user's own sign-in is checked for its age: this one is too old to re-authenticate.
    const began = new Date(Date.now() - 16 * 60_000);
    const isNeeded = person && (group === "person" || group === "push");
    const sessionId = isNeeded ? await openSession(person.userId, "", began) : "";
    const before = kind === "mutation" ? await digest() : "";
    const caller = as(person, now, sessionId) as unknown as Record<
      string,
      Record<string, (given: unknown) => Promise<unknown>>
    >;
    tried.calls += 1;
    try {
      const answer = await caller[group]?.[procedure]?.(input);
      return ["yes", ...seen(answer)].join(" + ");
    } catch (error) {
      const word = refusalOf(error);
      tried.refusals += 1;
      if (kind === "mutation") {
        tried.compared += 1;
        check(before === (await digest()), `${path} was refused to ${name} and changed something`);
      }
      return word;
    }
  }
  type Attempt = { scene: Scene; now: Date | undefined };

  try {
    for (const path of wanted) {
      const some = cases[path];
      check(some, `${path} is in the router and has no rows in the table`);
      for (const each of some) {
        const scene = await makeScene();
        const label = each.variant ? `${path}, ${each.variant}` : path;
        for (const [row, prepare] of rowsOf(each)) {
          const prepared = await prepareAll(scene, prepare, "rows" in each);
          for (const [name, ready] of prepared) {
            const input = await ready();
            await scene.setStatus(name, true);
            const word =
              input === NONE ? NONE : await attempt(path, name, input, { scene, now: each.now });
            await scene.setStatus(name, false);
            if (word.startsWith("yes") && definitionOf(path).type === "mutation") prepare.renew?.();
            note(tried.found, `${label} | ${row}`, name, word);
          }
        }
      }
      say(`${path}`);
    }
  } finally {
    await client.end();
  }
  return tried;
}

/**
 * One query over all tables: the number of rows and the latest transaction that wrote one. Writing a
 * row raises the latter, deleting one lowers the former. Reading every row for each call took ten times
 * as long.
 */
const digestOf = (tables: { name: string; select: string }[]): string => {
  const texts = tables.map(({ name, select }) =>
    name === QUEUE
      ? `(SELECT string_agg(held::text, '') FROM (${select}) AS held)`
      : `(SELECT concat(count(*), ':', max(xmin::text::bigint), ' ') FROM public."${name}")`,
  );
  return `SELECT concat(${texts}) AS digest`;
};

/** @throws Violated when callers that share a column get different answers */
export function note(found: Table, row: string, name: ActorName, word: string): void {
  const cells = found.get(row) ?? new Map(columns.map((column) => [column, ""]));
  found.set(row, cells);
  const known = cells.get(actors[name]);
  check(!known || known === word, `${row}: ${name} gets ${word}, the others ${known}`);
  cells.set(actors[name], word);
}

/**
 * Prepares every caller's input while all are active: in parallel, or sequentially where the
 * preparations change shared data or concern the same object.
 */
export async function prepareAll(
  scene: Scene,
  prepare: Prepare,
  isInTurn: boolean,
): Promise<[ActorName, () => Promise<unknown>][]> {
  const names = Object.keys(actors) as ActorName[];
  if (isInTurn || prepare.renew) return names.map((name) => [name, () => prepare({ scene, name })]);
  const inputs = await Promise.all(names.map((name) => prepare({ scene, name })));
  return names.map((name, index) => [name, async () => inputs[index]]);
}

type Prepare = {
  (at: { scene: Scene; name: ActorName }): Promise<unknown>;
  /** Makes the next caller get a new shared object, once a caller has changed the last. */
  renew?: () => void;
};

export function rowsOf(each: Case): [row: string, prepare: Prepare][] {
  if ("rows" in each) {
    return Object.entries(each.rows).map(([row, input]) => [
      row,
      ({ scene, name }) => input({ scene, person: scene.personOf(name) }),
    ]);
  }
  if ("place" in each) {
    const at =
      (place: "here" | "there"): Prepare =>
      async ({ scene, name }) => {
        if (place === "there" && name === "foreign") return NONE;
        return each.place({ community: scene[place].slug, id: "" });
      };
    return [
      ["here", at("here")],
      ["in another community", at("there")],
    ];
  }
  const { object, input } = each;
  return [
    ["own", own(object, input)],
    ["another's", others(object, input, "here", "here")],
    ["another community's", others(object, input, "there", "here")],
    ["in another community", others(object, input, "there", "there")],
  ];
}

type ObjectInput = Extract<Case, { object: Maker }>["input"];

const own =
  (make: Maker, input: ObjectInput): Prepare =>
  async ({ scene, name }) => {
    const person = scene.personOf(name);
    if (!person || !scene.isInside(name)) return NONE;
    const { otto } = scene.others;
    // The other side of a two-sided object is the one to answer; a one-sided object belongs to the caller.
    const isAnswering = name === "side" && between.has(make);
    const [first, second] = isAnswering ? [otto, person] : [person, otto];
    return input({ community: scene.here.slug, ...(await make(scene.here, first, second)) });
  };

function others(
  make: Maker,
  input: ObjectInput,
  home: "here" | "there",
  named: "here" | "there",
): Prepare {
  // A shared object saves a third of the time; a refused call changes nothing, as the digest shows.
  let made: ReturnType<Maker> | null = null;
  const prepare: Prepare = async ({ scene, name }) => {
    if (named === "there" && name === "foreign") return NONE;
    const { otto, nina, tom, ute } = scene.others;
    const [first, second] = home === "here" ? [otto, nina] : [tom, ute];
    const side = scene.personOf("side");
    // The other side of a different exchange with the same owner.
    if (name === "side" && home === "here" && side) await meet(scene, side);
    made ??= make(scene[home], first, second);
    return input({ community: scene[named].slug, ...(await made) });
  };
  prepare.renew = () => {
    made = null;
  };
  return prepare;
}

const met = new WeakMap<Scene, Promise<unknown>>();
async function meet(scene: Scene, side: { id: string; userId: string }): Promise<void> {
  const meeting = met.get(scene) ?? agreed(scene.here, side, scene.others.otto);
  met.set(scene, meeting);
  await meeting;
}

/** Private texts that an answer contains. */
export const secretsIn = (text: string): string[] =>
  Object.entries(SECRET).flatMap(([word, secret]) => (text.includes(secret) ? [word] : []));

/** Private fields that an answer contains. */
function seen(answer: unknown): string[] {
  const words = secretsIn(JSON.stringify(answer) ?? "");
  const person = answer as { balance?: unknown } | null;
  if (typeof person === "object" && typeof person?.balance === "number") words.push("balance");
  return words;
}

/** @throws errors that are not refusals but failures of the product or of this proof */
function refusalOf(error: unknown): string {
  if (error instanceof TRPCError && error.cause instanceof DomainError) {
    return WORDS[error.cause.code] ?? error.cause.code;
  }
  throw error;
}
