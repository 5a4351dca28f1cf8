import { transaction } from "../db/client";
import { saveNote } from "../db/write/note";
import { comingInstant } from "../domain/calendar";
import { DomainError } from "../domain/errors";
import { nextDue } from "../domain/exchange";
import { requireMinutes } from "../domain/hours";
import { type Category, listingState, type MeetingPlace, sidesOf } from "../domain/listing";
import type { MemberContext } from "./context";
import { scheduleDue } from "./exchange-move";
import { requireActive } from "./listing";
import { replayed, requireOther } from "./start-exchange";

export type ProposeInput = {
  id: string;
  /** The listing that the proposal answers, or the person and side when from scratch. */
  listingId?: string | undefined;
  otherId?: string | undefined;
  /** Which side the proposer is; a listing decides by itself. */
  iAm?: "giver" | "receiver" | undefined;
  title: string;
  category: Category;
  date: string;
  time: string;
  minutes: number;
  place: MeetingPlace;
  placeNote: string;
  note: string;
};

/**
 * Proposes an exchange to the member of a listing, or to a person. The same id again is the same
 * proposal.
 * @throws DomainError memberNotActive, listingNotOpen, notFound, sameGiverAndReceiver,
 *   minutesNotAStep, dateInPast, dateTooFar, idTaken
 */
export async function proposeExchange(
  ctx: MemberContext,
  input: ProposeInput,
): Promise<{ id: string }> {
  requireActive(ctx);
  const { communityId, community, me, now } = ctx;
  requireMinutes(input.minutes, community.granularity);
  const startsAt = comingInstant(input.date, input.time, community.timeZone, now);
  return transaction(async (tx) => {
    if (await replayed(tx, ctx, input.id)) return { id: input.id };
    const listing = input.listingId
      ? await tx.listing.findUnique({
          where: { communityId_id: { communityId, id: input.listingId } },
        })
      : null;
    if (input.listingId && !listing) throw new DomainError("notFound");
    if (listing && listingState(listing, now) !== "open") throw new DomainError("listingNotOpen");
    const otherId = listing?.memberId ?? input.otherId;
    await requireOther(tx, ctx, otherId);
    if (!otherId) throw new DomainError("notFound");
    const { giverId, receiverId } = listing
      ? sidesOf(listing, me.id)
      : input.iAm === "giver"
        ? { giverId: me.id, receiverId: otherId }
        : { giverId: otherId, receiverId: me.id };
    const state = {
      status: "proposed" as const,
      giverId,
      receiverId,
      lastById: me.id,
      startsAt,
      minutes: input.minutes,
      agreedAt: null,
      reportedMinutes: null,
      reportedAt: null,
      remindedAt: null,
      dueAt: null,
      createdAt: now,
    };
    const dueAt = nextDue(state, community, now)?.at ?? null;
    const exchange = await tx.exchange.create({
      data: {
        ...state,
        communityId,
        id: input.id,
        listingId: listing?.id ?? null,
        version: 1,
        title: input.title,
        category: input.category,
        place: input.place,
        placeNote: input.placeNote,
        dueAt,
        events: {
          create: {
            version: 1,
            at: now,
            memberId: me.id,
            kind: "proposed",
            minutes: input.minutes,
            startsAt,
          },
        },
      },
    });
    if (input.note) await saveNote(tx, exchange, { memberId: me.id, text: input.note, now });
    await scheduleDue(tx, exchange);
    return { id: exchange.id };
  });
}
