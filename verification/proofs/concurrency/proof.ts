import { randomUUID } from "node:crypto";
import { seededRandom } from "../../../scripts/lib/random";
import { decideLimits, makeBooks } from "../../../server/platform/db/testing/books";
import { app } from "../../../server/platform/db/testing/pools";
import { openDatabase } from "../../kit/database";
import { plantInFunction } from "../plant";
import { check, exercised, type Proof } from "../proof";
import { type Acknowledged, type Attempt, holdNew, makeNew, move, release } from "./attempts";
import { requireApplied } from "./order";
import { keepReading } from "./reader";

const CLIENTS = 16;
const READERS = 3;
const MEMBERS = 10;
/** Minutes: close enough that many requests are refused. */
const FLOOR = -90;
const CEILING = 90;

/** Acceptable answers: "ok", or a SQLSTATE that a member's request can cause. */
const FAIR = new Set(["ok", "EH001", "EH002", "EH004", "EH007", "EH008"]);

export const proof: Proof<{ attempts: number; reads: number }> = {
  name: "concurrency",
  claim:
    "With any number of parallel transfers, holds and releases: every read sums to zero, no floor is passed, nothing is applied twice, no id has two contents, and of two transfers the one acknowledged first has the lower version.",
  long: { attempts: 250_000, reads: 100_000 },
  short: { attempts: 6000, reads: 2000 },
  bug: {
    name: "post_transfer decides before it locks the accounts",
    counts: { attempts: 3000, reads: 600 },
  },
  async run({ counts, seed, planted, say, atEnd }) {
    await openDatabase({ atEnd });
    if (planted) {
      await plantInFunction("post_transfer", "ORDER BY id FOR NO KEY UPDATE;", "ORDER BY id;");
    }
    const books = await makeBooks(MEMBERS, FLOOR);
    const { community, accounts } = books;
    for (const id of accounts) await decideLimits(books, id, FLOOR, CEILING);
    const answers = new Map<string, number>();
    const acknowledged: Acknowledged[] = [];
    let [attempts, twice, reads] = [0, 0, 0];

    const note = ({ answer, moved }: Attempt) => {
      attempts += 1;
      if (attempts % 25_000 === 0) say(`${attempts} attempts, ${reads} reads`);
      answers.set(answer, (answers.get(answer) ?? 0) + 1);
      check(FAIR.has(answer), `a request was answered ${answer}`);
      if (moved) acknowledged.push(moved);
      return answer;
    };
    /** Sends one request in five a second time before the first is answered. */
    const send = async (again: boolean, request: () => Promise<Attempt>) => {
      if (!again) return note(await request());
      twice += 1;
      const [first] = await Promise.all([request().then(note), request().then(note)]);
      return first;
    };

    const client = async (number: number) => {
      const random = seededRandom(seed + number).next;
      const below = (limit: number) => Math.floor(random() * limit);
      while (attempts < counts.attempts) {
        const from = below(MEMBERS);
        const debit = accounts[from] ?? "";
        const credit = accounts[(from + 1 + below(MEMBERS - 1)) % MEMBERS] ?? "";
        const minutes = 15 * (1 + below(4));
        const again = random() < 0.2;
        if (random() < 0.6) {
          const leg = { id: randomUUID(), debit, credit, minutes };
          await makeNew(community, leg);
          if (random() < 0.1) {
            // The same id with different content: only one of the two may be applied.
            const other = { ...leg, minutes: leg.minutes + 15 };
            const both = [move(community, leg, leg.id), move(community, other, leg.id)];
            const [one, two] = (await Promise.all(both)).map(note);
            check(one !== "ok" || two !== "ok", "one id moved two different amounts");
            continue;
          }
          await send(again, () => move(community, leg, leg.id));
          continue;
        }
        const { exchange, attempt } = await holdNew(community, { debit, credit, minutes });
        if (note(attempt) !== "ok") continue;
        const leg = { id: exchange, debit, credit, minutes: minutes + 15 * below(2) };
        const freed = random() < 0.4;
        // A settlement and a release at the same time: only one of the two may succeed.
        const rivals = random() < 0.3 ? [release(community, exchange).then(note)] : [];
        await Promise.all([
          send(again, () =>
            freed ? release(community, exchange) : move(community, leg, exchange),
          ),
          ...rivals,
        ]);
        note(await release(community, exchange));
      }
    };
    await Promise.all([
      ...Array.from({ length: CLIENTS }, (_, number) => client(number)),
      keepReading(
        community,
        { reads: counts.reads, readers: READERS },
        () => attempts / counts.attempts,
        (count) => {
          reads = count;
        },
      ),
    ]);

    const { rows } = await app().query<{ id: string }>(
      "SELECT id FROM transfer WHERE community_id = $1",
      [community],
    );
    const applied = rows.map(({ id }) => id);
    const overlapping = await requireApplied(community, applied, acknowledged);
    exercised(twice > 0, "nothing was sent twice");
    for (const refusal of ["EH001", "EH002", "EH004", "EH007"]) {
      exercised(answers.has(refusal), `nothing was refused with ${refusal}`);
    }
    return {
      attempts,
      reads,
      "sent twice": twice,
      moved: applied.length,
      overlapping,
      ...Object.fromEntries(answers),
    };
  },
};
