import type { RecordInput } from "../../domain/exchange/schema";
import { decideRecord } from "../../domain/exchange/transitions";
import { pastInstant } from "../../domain/kernel/calendar";
import { requireMinutes } from "../../domain/kernel/hours";
import { requireActive } from "../listing/commands";
import { byOf, type MemberContext } from "../membership/context";
import { claimId } from "../membership/request-id";
import { transaction } from "../platform/db/client";
import { applyTransition } from "./apply-transition";
import { findUnclaimedExchange, requireFreeIds, requireNewRecord, requireOther } from "./guards";
import { requireUnderProposalLimit, requireUnderRecordLimit } from "./limits";
import { saveNote } from "./note-store";

/**
 * Records help that already happened. A receiver's record settles at once; a giver's record waits for the
 * receiver's confirmation.
 * @throws DomainError as proposeExchange; recordedByYou, recordedByThem, agreedForThatDay; floorReached,
 *   ceilingReached; dateInFuture, dateTooOld
 */
export async function recordExchange(
  ctx: MemberContext,
  input: RecordInput,
): Promise<{ id: string }> {
  const { communityId, community, me, now } = ctx;
  const { id, confirmedDuplicate = false, ...content } = input;
  return transaction(async (tx) => {
    const isNew = await claimId(tx, ctx, { id, procedure: "exchange.record", content }, () =>
      findUnclaimedExchange(tx, ctx, id, { kind: "recorded", ...content }),
    );
    if (!isNew) return { id };
    requireActive(ctx);
    requireMinutes(input.minutes, community.granularity);
    // Only the day matters; noon stays on the same day across daylight saving.
    const startsAt = pastInstant(input.date, "12:00", community.timeZone, now);
    await requireFreeIds(tx, communityId, [id]);
    const { displayName: name } = await requireOther(tx, ctx, input.otherId);
    if (input.mySide === "giver") await requireUnderProposalLimit(tx, ctx, input.otherId, 1);
    else await requireUnderRecordLimit(tx, ctx, input.otherId);
    const [giverId, receiverId] =
      input.mySide === "giver" ? [me.id, input.otherId] : [input.otherId, me.id];
    if (!confirmedDuplicate) {
      const { minutes } = input;
      await requireNewRecord(tx, ctx, { giverId, receiverId, startsAt, minutes, name });
    }
    const blank = await tx.exchange.create({
      data: {
        communityId,
        id: input.id,
        giverId,
        receiverId,
        status: "reported",
        version: 0,
        title: input.title,
        category: input.category,
        startsAt,
        minutes: input.minutes,
        place: "elsewhere",
        placeNote: "",
        pendingById: me.id,
        createdAt: now,
      },
    });
    const recorded = decideRecord(blank, community, now);
    const exchange = await applyTransition(tx, blank, recorded, byOf(ctx), now);
    if (!exchange) throw new Error(`Exchange ${input.id} changed while it was recorded.`);
    if (input.note) await saveNote(tx, exchange, { ...byOf(ctx), text: input.note, now });
    return { id: exchange.id };
  });
}
