import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { localOf } from "../../../domain/kernel/calendar";
import { seededRandom } from "../../../scripts/lib/random";
import { owner } from "../../../server/platform/db/testing/pools";
import { clearRateLimits } from "../../kit/database";
import { type Neighbour, openFixture, send, setLimits } from "../../kit/fixture";
import { type Http, http } from "../../kit/http";
import type { Acknowledged } from "../concurrency/attempts";
import { requireApplied } from "../concurrency/order";
import { keepReading } from "../concurrency/reader";
import { plantInFunction } from "../plant";
import { check, exercised, type Proof } from "../proof";

const CLIENTS = 16;
const MEMBERS = 10;
/** Minutes. */
const FLOOR = -90;
const CEILING = 90;
const ZONE = "Europe/Madrid";

/** Acceptable answers: "ok", or an error that a member's request can cause. */
const FAIR = new Set([
  "ok",
  "floorReached",
  "floorOfReceiver",
  "ceilingReached",
  "ceilingOfGiver",
  "exchangeChanged",
  "exchangeOver",
  "notYourTurn",
  "notPossibleNow",
  "overrunRefused",
  "overrunOfReceiver",
  "giverBusy",
  "timeNotOpen",
  "tooManyAsked",
  "tooManyAskedAtOnce",
]);
const DAY = 86_400_000;
const what = { title: "Help", category: "other", note: "" };

export const proof: Proof<{ attempts: number; reads: number }> = {
  name: "http-concurrency",
  claim:
    "The claim of `concurrency` holds over HTTP, with two instances on one database and one request in five sent to both at once.",
  long: { attempts: 250_000, reads: 100_000 },
  short: { attempts: 800, reads: 300 },
  bug: {
    name: "post_transfer decides before it locks the accounts",
    counts: { attempts: 6000, reads: 2400 },
  },
  async run({ counts, seed, planted, say, atEnd }) {
    const fixture = await openFixture({ atEnd }, MEMBERS);
    const instances = [await fixture.start(), await fixture.start(false)].map(({ baseUrl }) => ({
      baseUrl,
      client: http(baseUrl, CLIENTS * 2),
    }));
    atEnd(() => {
      for (const { client } of instances) client.close();
    });
    await setLimits(fixture, FLOOR, CEILING);
    if (planted) {
      await plantInFunction("post_transfer", "ORDER BY id FOR NO KEY UPDATE;", "ORDER BY id;");
    }
    const { id: communityId, slug: community, people } = fixture;
    const answers = new Map<string, number>();
    const moves = new Map<string, { sent: number; answered: number }[]>();
    let [attempts, twice, reads, isOver] = [0, 0, 0, false];

    const post = async (
      { baseUrl, client }: { baseUrl: string; client: Http },
      { cookie }: Neighbour,
      procedure: string,
      input: { id: string },
    ): Promise<string> => {
      const sent = performance.now();
      const { word } = await send(client, baseUrl, cookie, procedure, { community, ...input });
      const answered = performance.now();
      attempts += 1;
      if (attempts % 10_000 === 0) say(`${attempts} attempts, ${reads} reads`);
      answers.set(word, (answers.get(word) ?? 0) + 1);
      check(FAIR.has(word), `${procedure} was answered ${word}`);
      if (word === "ok" && ["exchange.record", "exchange.confirm"].includes(procedure)) {
        moves.set(input.id, [...(moves.get(input.id) ?? []), { sent, answered }]);
      }
      return word;
    };
    /** Sends one request in five to both instances at once; answers "ok" if either did. */
    const ask = async (random: () => number, ...request: Parameters<Ask>): Promise<string> => {
      const [one, other] = random() < 0.5 ? instances : [...instances].reverse();
      if (!one || !other) throw new Error("There are two instances.");
      if (random() >= 0.2) return post(one, ...request);
      twice += 1;
      const both = await Promise.all([post(one, ...request), post(other, ...request)]);
      return both.includes("ok") ? "ok" : (both[0] ?? "");
    };
    type Ask = (person: Neighbour, procedure: string, input: { id: string }) => Promise<string>;

    const client = async (number: number) => {
      const random = seededRandom(seed + number).next;
      const below = (limit: number) => Math.floor(random() * limit);
      while (attempts < counts.attempts) {
        const from = below(MEMBERS);
        const receiver = people[from] as Neighbour;
        const giver = people[(from + 1 + below(MEMBERS - 1)) % MEMBERS] as Neighbour;
        const id = randomUUID();
        const minutes = 15 * (1 + below(4));
        const at = localOf(new Date(Date.now() - 60_000), ZONE);
        const again = { confirmedDuplicate: true };
        if (random() < 0.5) {
          const input = {
            id,
            otherId: giver.id,
            mySide: "receiver",
            ...what,
            date: at.date,
            minutes,
            ...again,
          };
          await ask(random, receiver, "exchange.record", input);
          continue;
        }
        // Any day of the coming year: a giver cannot have two exchanges at the same time.
        const then = localOf(new Date(Date.now() + DAY + random() * 350 * DAY), ZONE);
        const terms = { ...then, minutes, place: "elsewhere", placeNote: "" };
        const proposal = { id, otherId: giver.id, mySide: "receiver", ...what, ...terms, ...again };
        // Sometimes the giver is busy at that time, and there is no proposal to answer.
        if ((await ask(random, receiver, "exchange.propose", proposal)) !== "ok") continue;
        const version = (seen: number) => ({ id, version: seen });
        if ((await ask(random, giver, "exchange.agree", version(1))) !== "ok") {
          // Open proposals count towards the limit per neighbour.
          await ask(random, receiver, "exchange.withdraw", version(1));
          continue;
        }
        // Cancellation and report at the same time: only one of the two may succeed.
        const cancel = { ...version(2), reason: "" };
        const rivals = random() < 0.3 ? [ask(random, receiver, "exchange.cancel", cancel)] : [];
        const reported = ask(random, giver, "exchange.report", { ...version(2), minutes } as never);
        const [word] = await Promise.all([reported, ...rivals]);
        if (word !== "ok") continue;
        await ask(random, receiver, "exchange.confirm", version(3));
      }
    };
    const sweeper = async () => {
      while (!isOver) {
        await clearRateLimits();
        await sleep(250);
      }
    };
    const sweeping = sweeper();
    try {
      await Promise.all([
        ...Array.from({ length: CLIENTS }, (_, number) => client(number)),
        keepReading(
          communityId,
          { reads: counts.reads, readers: 1 },
          () => attempts / counts.attempts,
          (count) => {
            reads = count;
          },
        ),
      ]);
    } finally {
      isOver = true;
      await sweeping;
    }

    const { rows } = await owner().query<Line>(
      `SELECT id, debit_account_id AS debit, debit_version AS "debitVersion",
         credit_account_id AS credit, credit_version AS "creditVersion"
       FROM transfer WHERE community_id = $1 AND kind = 'exchange'`,
      [communityId],
    );
    const versions = new Map(
      rows.map((line): [string, Acknowledged["versions"]] => [
        line.id,
        [
          [line.debit, line.debitVersion],
          [line.credit, line.creditVersion],
        ],
      ]),
    );
    const acknowledged = [...moves].flatMap(([id, all]) =>
      all.map((times): Acknowledged => ({ id, ...times, versions: versions.get(id) ?? [] })),
    );
    const applied = [...versions.keys()];
    const overlapping = await requireApplied(communityId, applied, acknowledged);
    exercised(twice > 0, "nothing was sent twice");
    const refused = answers.has("floorReached") || answers.has("floorOfReceiver");
    exercised(refused, "no request reached a floor");
    return {
      attempts,
      reads,
      "sent twice": twice,
      moved: moves.size,
      overlapping,
      ...Object.fromEntries(answers),
    };
  },
};

type Line = { id: string; debit: string; credit: string } & Record<
  "debitVersion" | "creditVersion",
  number
>;
