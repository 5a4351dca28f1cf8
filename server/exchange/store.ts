import type { ExchangeEventKind, NotHappenedReason } from "../../domain/exchange/transitions";
import type { Tx } from "../platform/db/client";
import { Prisma } from "../platform/db/generated/client";
import { type ExchangeRow, nameOf } from "./rows";

/**
 * Saves a move of an exchange together with its line in the history and whatever goes with it, in
 * one statement: every trip to the database is time in which the accounts stay locked.
 * @param calls of functions that write to the books or the queue; what they refuse, refuses all
 * @returns null when the exchange is no longer of that version, and nothing was done
 */
export async function saveTransition(
  tx: Tx,
  exchange: ExchangeRow,
  data: Partial<Omit<ExchangeRow, "communityId" | "id" | "version">>,
  event: {
    kind: ExchangeEventKind;
    memberId: string | null;
    at: Date;
    minutes?: number | null;
    startsAt?: Date | null;
    reason?: string;
    cause?: NotHappenedReason | "" | undefined;
  },
  calls: Prisma.Sql[] = [],
): Promise<ExchangeRow | null> {
  const { communityId, id } = exchange;
  const change = { ...data, version: exchange.version + 1 };
  const set = Object.entries(change).map(
    ([name, value]) => Prisma.sql`${Prisma.raw(nameOf(name))} = ${value}`,
  );
  const { kind, memberId, at, minutes = null, startsAt = null } = event;
  const { reason = "", cause = "" } = event;
  // Called behind the exchange's lock, and after its event is there: the books ask for both. Whether
  // each came back empty is as good an answer as any: none is needed.
  const done = calls.map((call) => Prisma.sql`(${call}) IS NULL`);
  const saved = await tx.$executeRaw`
    WITH moved AS (
      UPDATE exchange SET ${Prisma.join(set)}
      WHERE community_id = ${communityId}::uuid AND id = ${id}::uuid
        AND version = ${exchange.version}
      RETURNING id
    )
    INSERT INTO exchange_event
      (community_id, exchange_id, version, at, member_id, kind, minutes, starts_at, reason, cause)
    SELECT ${communityId}::uuid, id, ${change.version}::integer, ${at}::timestamptz,
      ${memberId}::uuid, ${kind}::text, ${minutes}::integer, ${startsAt}::timestamptz,
      ${reason}::text, ${cause}::text
    FROM moved
    RETURNING ARRAY[${done.length > 0 ? Prisma.join(done) : Prisma.empty}]::boolean[] AS done`;
  return saved === 1 ? { ...exchange, ...change } : null;
}
