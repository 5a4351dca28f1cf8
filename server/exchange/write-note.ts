import { partyOf } from "../../domain/exchange/transitions";
import { DomainError } from "../../domain/kernel/errors";
import { sidesToNotify } from "../../domain/notification/notification";
import { byOf, type MemberContext } from "../membership/context";
import { claimId } from "../membership/request-id";
import { notify } from "../notification/commands";
import { transaction } from "../platform/db/client";
import { actorOf } from "./apply-transition";
import { requireUnderNoteLimit } from "./limits";
import { saveNote } from "./note-store";
import { lockExchange } from "./rows";

/**
 * Adds the caller's note to the exchange's thread.
 * @throws DomainError notFound, idTaken, sameIdOtherContent, tooManyNotes, tooManyNotesUnanswered,
 *   tooManyNotesAfterTheEnd
 */
export async function writeNote(
  ctx: MemberContext,
  input: { id: string; exchangeId: string; text: string },
): Promise<void> {
  const { id, exchangeId, text } = input;
  const { communityId } = ctx;
  await transaction(async (tx) => {
    const content = { exchangeId, text };
    const isNew = await claimId(tx, ctx, { id, procedure: "exchange.note", content }, async () => {
      const note = await tx.exchangeNote.findUnique({
        where: { communityId_id: { communityId, id } },
      });
      if (!note) return null;
      const isSame = note.exchangeId === exchangeId && note.text === text;
      return { memberId: note.memberId, isSame };
    });
    if (!isNew) return;
    const exchange = await lockExchange(tx, ctx.communityId, input.exchangeId);
    const party = partyOf(exchange, actorOf(ctx));
    if (party === "stranger") throw new DomainError("notFound");
    await requireUnderNoteLimit(tx, ctx, exchange, input.id);
    await saveNote(tx, exchange, {
      id: input.id,
      ...byOf(ctx),
      text: input.text,
      now: ctx.now,
    });
    const memberIds = sidesToNotify(exchange, ctx.me.id);
    const by = { by: ctx.me.id, at: ctx.now };
    await notify(
      tx,
      communityId,
      { exchangeId },
      { event: "noteWritten", kind: "messages", memberIds, ...by },
    );
  });
}
