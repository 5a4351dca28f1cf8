import { z } from "zod";
import { readExchange, readMyExchanges } from "../db/read/exchanges";
import { readContact } from "../db/read/members";
import { DomainError } from "../domain/errors";
import { missCauses } from "../domain/exchange";
import {
  date,
  id,
  inCommunity,
  line,
  lines,
  minutes,
  repeatShape,
  someLines,
  termsShape,
  time,
  version,
} from "../domain/input";
import { categories } from "../domain/listing";
import { MOST_REPEATS } from "../domain/repeat";
import {
  agreeExchange,
  agreeSeries,
  annulExchange,
  cancelExchange,
  confirmExchange,
  declineExchange,
  disputeExchange,
  withdrawExchange,
} from "../services/answer-exchange";
import { counterExchange } from "../services/counter-exchange";
import { missExchange, tellLate } from "../services/on-the-day";
import { proposeExchange } from "../services/propose-exchange";
import { recordExchange } from "../services/record-exchange";
import { awardExchange, reportExchange } from "../services/report-exchange";
import { acceptReschedule, askReschedule, dropReschedule } from "../services/reschedule-exchange";
import { returnExchange, reverseExchange } from "../services/reverse-exchange";
import { writeNote } from "../services/write-note";
import { coordinator, member, router, sentenceOf } from "../trpc";

const iAm = z.enum(["giver", "receiver"]);
const what = { title: line(2, 120), category: z.enum(categories) };
/** "Yes, this is another one": the answer when the same help seems to be there already. */
const confirmedDuplicate = z.boolean().optional();
const answer = inCommunity({ id, version });
const answerWithReason = inCommunity({ id, version, reason: line(0, 500) });

export const exchangeRouter = router({
  mine: member
    .input(inCommunity({ part: z.enum(["open", "past"]), after: id.optional() }))
    .query(({ ctx, input }) =>
      readMyExchanges(ctx.communityId, { memberId: ctx.me.id, isCoordinator: false }, input),
    ),

  /** One exchange, for its sides and coordinators; with contact details once it is agreed. */
  get: member.input(inCommunity({ id })).query(async ({ ctx, input }) => {
    const viewer = { memberId: ctx.me.id, isCoordinator: ctx.me.role === "coordinator" };
    const exchange = await readExchange(ctx.communityId, input.id, viewer);
    if (!exchange) throw new DomainError("notFound");
    const meet = ["agreed", "reported", "disputed"].includes(exchange.status) && exchange.agreedAt;
    const contact =
      meet && exchange.iAm ? await readContact(ctx.communityId, exchange.other.id) : null;
    return { ...exchange, contact };
  }),

  /** Proposes by a listing, or to a person from scratch (`otherId` and `iAm`). */
  propose: member
    .input(
      inCommunity({
        id,
        listingId: id.optional(),
        otherId: id.optional(),
        iAm: iAm.optional(),
        ...what,
        ...termsShape,
        note: lines(2000),
        repeat: repeatShape.optional(),
        confirmedDuplicate,
      }),
    )
    .mutation(({ ctx, input: { community: _, ...input } }) => proposeExchange(ctx, input)),

  /** Records help that already happened. */
  record: member
    .input(
      inCommunity({
        ...{ id, otherId: id, iAm, ...what, date, minutes, note: lines(2000) },
        confirmedDuplicate,
      }),
    )
    .mutation(({ ctx, input: { community: _, ...input } }) => recordExchange(ctx, input)),

  counter: member
    .input(inCommunity({ id, version, ...termsShape }))
    .mutation(({ ctx, input }) => counterExchange(ctx, input)),

  /** Agrees to several exchanges of a series at once; tells which could not be agreed, and why. */
  agreeSeries: member
    .input(inCommunity({ seen: z.array(z.strictObject({ id, version })).min(1).max(MOST_REPEATS) }))
    .mutation(async ({ ctx, input }) => {
      const { agreed, refused } = await agreeSeries(ctx, input);
      const told = refused.map(({ id: exchange, reason, values }) => ({
        id: exchange,
        sentence: sentenceOf(reason, values, ctx.locale),
      }));
      return { agreed, refused: told };
    }),

  /** Asks for another time of what is agreed; the other side answers. */
  askReschedule: member
    .input(inCommunity({ id, version, date, time, reason: line(0, 500) }))
    .mutation(({ ctx, input }) => askReschedule(ctx, input)),
  acceptReschedule: member.input(answer).mutation(({ ctx, input }) => acceptReschedule(ctx, input)),
  dropReschedule: member.input(answer).mutation(({ ctx, input }) => dropReschedule(ctx, input)),

  /** Tells the other side that one is late. */
  tellLate: member
    .input(inCommunity({ id, version, minutes: z.int().min(5).max(240) }))
    .mutation(({ ctx, input }) => tellLate(ctx, input)),

  /** Agreed help that did not happen. */
  miss: member
    .input(inCommunity({ id, version, cause: z.enum(missCauses), reason: line(0, 500) }))
    .mutation(({ ctx, input }) => missExchange(ctx, input)),

  agree: member.input(answer).mutation(({ ctx, input }) => agreeExchange(ctx, input)),
  decline: member.input(answerWithReason).mutation(({ ctx, input }) => declineExchange(ctx, input)),
  withdraw: member.input(answer).mutation(({ ctx, input }) => withdrawExchange(ctx, input)),
  cancel: member.input(answerWithReason).mutation(({ ctx, input }) => cancelExchange(ctx, input)),

  report: member
    .input(inCommunity({ id, version, minutes }))
    .mutation(({ ctx, input }) => reportExchange(ctx, input)),

  confirm: member.input(answer).mutation(({ ctx, input }) => confirmExchange(ctx, input)),
  dispute: member.input(answerWithReason).mutation(({ ctx, input }) => disputeExchange(ctx, input)),

  /** A coordinator ends a dispute by moving hours. */
  award: coordinator
    .input(inCommunity({ id, version, minutes, reason: line(1, 500) }))
    .mutation(({ ctx, input }) => awardExchange(ctx, input)),

  /** A coordinator ends a dispute without moving hours. */
  annul: coordinator
    .input(inCommunity({ id, version, reason: line(1, 500) }))
    .mutation(({ ctx, input }) => annulExchange(ctx, input)),

  /** A coordinator undoes a settled exchange. */
  reverse: coordinator
    .input(inCommunity({ id, version, reason: line(1, 500) }))
    .mutation(({ ctx, input }) => reverseExchange(ctx, input)),

  /** The member who was credited by somebody else's record gives the hours back. */
  returnHours: member
    .input(answerWithReason)
    .mutation(({ ctx, input }) => returnExchange(ctx, input)),

  /** Adds a note to the thread. */
  note: member
    .input(inCommunity({ id, exchangeId: id, text: someLines(2000) }))
    .mutation(({ ctx, input }) => writeNote(ctx, input)),
});
