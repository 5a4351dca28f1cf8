import { TRPCError } from "@trpc/server";
import {
  JOINS_BY_AN_INVITATION,
  JOINS_FROM_AN_ADDRESS,
  MAX_OPEN_INVITATIONS,
} from "../../../domain/kernel/limits";
import { seededRandom } from "../../../scripts/lib/random";
import { reasonOf } from "../../../server/api/errors";
import { clearRateLimits, openDatabase } from "../../kit/database";
import { requireConsistentBooks } from "../consistent-books";
import { plantInStatements } from "../plant";
import { check, exercised, type Proof } from "../proof";
import { claiming, type Racing, races } from "./races";
import { askWitness, callWitness } from "./witness";

/** Acceptable answers: "ok", or an error that one of the races explains. */
const FAIR = new Set([
  "ok",
  "notFound",
  "notAllowed",
  "notOpenToJoin",
  "invitationInvalid",
  "tooManyJoins",
  "tooManyInvitations",
  "nameLikeCoordinator",
  "memberNotActive",
  "foundedDifferently",
  "setupLinkInvalid",
  "exchangeChanged",
  "exchangeOver",
  "proposedBefore",
  "recordedByThem",
]);
/** Without these answers, nothing overlapped in time. */
const EXPECTED = ["ok", "notFound", "notOpenToJoin", "invitationInvalid", "tooManyJoins"];

export const proof: Proof<{ rounds: number }> = {
  name: "membership",
  claim:
    "With any number of parallel joins, invitations, new communities, vouches, departures and renames: whatever was decided by the joining rule, an invitation, a limit, a name or a member's status was committed before that changed.",
  long: { rounds: 1000 },
  short: { rounds: races.length },
  bug: { name: "joining does not lock the community", counts: { rounds: 6 } },
  async run({ counts, seed, planted, say, atEnd }) {
    await openDatabase({ atEnd });
    await callWitness();
    if (planted) {
      plantInStatements({ atEnd }, /(FROM community WHERE slug = \$1) FOR NO KEY UPDATE/, "$1");
    }
    const random = seededRandom(seed).next;
    const answers = new Map<string, number>();
    const racing: Racing = {
      random,
      async together(requests) {
        await clearRateLimits();
        const outcomes = await Promise.allSettled(
          requests.map(async (request) => {
            await turns(Math.floor(random() * 30));
            return request();
          }),
        );
        const given = outcomes.map(answerOf);
        for (const answer of given) {
          answers.set(answer, (answers.get(answer) ?? 0) + 1);
          check(FAIR.has(answer), `a request was answered ${answer}`);
        }
        await askWitness({
          byAddress: JOINS_FROM_AN_ADDRESS.max,
          byInvitation: JOINS_BY_AN_INVITATION.max,
          invitations: MAX_OPEN_INVITATIONS,
        });
        return given;
      },
    };
    await claiming(racing);
    for (let round = 0; round < counts.rounds; round += 1) {
      await races[round % races.length]?.(racing);
      if ((round + 1) % 50 === 0) say(`${round + 1} rounds`);
    }
    await requireConsistentBooks("at the end");
    for (const answer of EXPECTED) exercised(answers.has(answer), `nothing was answered ${answer}`);
    return Object.fromEntries(answers);
  },
};

function answerOf(outcome: PromiseSettledResult<unknown>): string {
  if (outcome.status === "fulfilled") return "ok";
  const { reason } = outcome;
  if (!(reason instanceof TRPCError)) return String(reason);
  const name = reasonOf(reason);
  return name === "unexpected" || name === "input" ? String(reason.cause ?? reason) : name;
}

/** Yields to the event loop `count` times, without a timer. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise(setImmediate);
}
