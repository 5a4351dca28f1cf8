import { v5 } from "uuid";
import { repeatDays } from "../../domain/exchange/repeat";
import type { ProposeInput } from "../../domain/exchange/schema";
import { proposal } from "../../domain/exchange/transitions";
import { comingInstant, instantOf } from "../../domain/kernel/calendar";
import { DomainError } from "../../domain/kernel/errors";
import { requireMinutes } from "../../domain/kernel/hours";
import { listingState, sidesOf } from "../../domain/listing/listing";
import { requireActive } from "../listing/commands";
import { byOf, type MemberContext } from "../membership/context";
import { claimId } from "../membership/request-id";
import { notifyOfEvent } from "../notification/commands";
import { type Tx, transaction } from "../platform/db/client";
import { requireMyTimeFree, scheduleDue } from "./apply-transition";
import { findUnclaimedExchange, requireFreeIds, requireNewProposal, requireOther } from "./guards";
import { requireUnderProposalLimit } from "./limits";
import { saveNote } from "./note-store";

/**
 * Proposes an exchange, or a series of them, to a listing's author or to another member.
 * @throws DomainError memberNotActive, listingNotOpen, notFound, sameGiverAndReceiver,
 *   minutesNotAStep, dateInPast, dateTooFar, giverBusy, proposedBefore, idTaken,
 *   sameIdOtherContent
 */
export async function proposeExchange(
  ctx: MemberContext,
  input: ProposeInput,
): Promise<{ id: string }> {
  const { communityId, community, me, now } = ctx;
  const { id, confirmedDuplicate = false, ...content } = input;
  return transaction(async (tx) => {
    const isNew = await claimId(tx, ctx, { id, procedure: "exchange.propose", content }, () =>
      findUnclaimedExchange(tx, ctx, id, { kind: "proposed", ...content }),
    );
    if (!isNew) return { id };
    requireActive(ctx);
    requireMinutes(input.minutes, community.granularity);
    const { timeZone } = community;
    const startsAt = comingInstant(input.date, input.time, timeZone, now);
    const starts = input.repeat
      ? repeatDays(input.date, input.repeat).map((day) => instantOf(day, input.time, timeZone))
      : [startsAt];
    const ids = starts.map((_, index) => idInSeries(id, index));
    await requireFreeIds(tx, communityId, ids);
    const { listing, name, ...sides } = await sidesFor(tx, ctx, input);
    // Only the first of a series is checked here; each of the others is checked when it is agreed.
    await requireMyTimeFree(tx, ctx, {
      id: input.id,
      ...sides,
      startsAt,
      minutes: input.minutes,
    });
    const otherId = sides.giverId === me.id ? sides.receiverId : sides.giverId;
    await requireUnderProposalLimit(tx, ctx, otherId, starts.length);
    if (!confirmedDuplicate) {
      await requireNewProposal(tx, ctx, { ...sides, startsAt, minutes: input.minutes, name });
    }
    const seriesId = starts.length > 1 ? input.id : null;
    for (const [index, at] of starts.entries()) {
      const exchange = await tx.exchange.create({
        data: {
          ...proposal({ ...sides, startsAt: at, minutes: input.minutes }, me.id, community, now),
          title: input.title,
          category: input.category,
          place: input.place,
          placeNote: input.placeNote,
          communityId,
          id: idInSeries(input.id, index),
          seriesId,
          listingId: listing?.id ?? null,
          version: 1,
          events: {
            create: {
              version: 1,
              at: now,
              ...byOf(ctx),
              kind: "proposed",
              minutes: input.minutes,
              startsAt: at,
            },
          },
        },
      });
      if (input.note && index === 0) {
        await saveNote(tx, exchange, { ...byOf(ctx), text: input.note, now });
      }
      await scheduleDue(tx, exchange);
      // One notification for a series.
      if (index === 0) {
        await notifyOfEvent(tx, exchange, { kind: "proposed", version: 1, by: me.id, at: now });
      }
    }
    return { id: input.id };
  });
}

/** Derived from the first exchange's id, so that a repeated request makes the same series. */
const idInSeries = (first: string, index: number): string =>
  index === 0 ? first : v5(String(index), first);

/** The listing that the proposal answers, or null; the giver and the receiver; the other member's name. */
async function sidesFor(tx: Tx, ctx: MemberContext, input: ProposeInput) {
  const { communityId, me, now } = ctx;
  const listing = input.listingId
    ? await tx.listing.findUnique({
        where: { communityId_id: { communityId, id: input.listingId } },
      })
    : null;
  if (input.listingId && !listing) throw new DomainError("notFound");
  if (listing && listingState(listing, now) !== "open") throw new DomainError("listingNotOpen");
  const otherId = listing?.memberId ?? input.otherId;
  const { id, displayName: name } = await requireOther(tx, ctx, otherId);
  if (listing) return { listing, name, ...sidesOf(listing, me.id) };
  return input.mySide === "giver"
    ? { listing, name, giverId: me.id, receiverId: id }
    : { listing, name, giverId: id, receiverId: me.id };
}
