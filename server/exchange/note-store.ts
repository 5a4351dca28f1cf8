import { v7 } from "uuid";
import type { By } from "../membership/context";
import type { Tx } from "../platform/db/client";

/** Adds a note to an exchange's thread. */
export async function saveNote(
  tx: Tx,
  exchange: { communityId: string; id: string },
  note: By & { id?: string; text: string; now: Date },
): Promise<void> {
  await tx.exchangeNote.createMany({
    data: [
      {
        communityId: exchange.communityId,
        id: note.id ?? v7(),
        exchangeId: exchange.id,
        memberId: note.memberId,
        actingUserId: note.actingUserId,
        text: note.text,
        createdAt: note.now,
      },
    ],
  });
}
