import type { Transition } from "../../domain/exchange/transitions";
import { notifyOfEventSql } from "../notification/commands";
import type { Tx } from "../platform/db/client";
import { Prisma } from "../platform/db/generated/client";
import { type ExchangeRow, nameOf } from "./rows";

/**
 * Makes agreements of one giver wait for each other before they change a row. The constraint that keeps a giver from
 * being promised twice looks at its row first and waits afterwards: agreements that came at once waited for each other
 * until the database ended one of them, which then came again.
 */
const oneAtATime = (
  { communityId, giverId, status: before }: ExchangeRow,
  status: string | undefined,
): Prisma.Sql =>
  (status ?? before) === "agreed"
    ? Prisma.sql`AND (
        SELECT true FROM pg_advisory_xact_lock(
          hashtextextended(${`agreement of ${communityId} ${giverId}`}, 0)))`
    : Prisma.empty;

/**
 * Saves a transition, its event and its ledger and queue calls in one statement, because the accounts stay
 * locked during every round trip to the database.
 * @param calls of SQL functions that write to the ledger or the queue; an error in one undoes everything
 * @returns null, having done nothing, when the exchange no longer has that version
 */
export async function saveTransition(
  tx: Tx,
  exchange: ExchangeRow,
  patch: Transition["patch"],
  event: Transition["event"] & { memberId: string | null; actingUserId: string | null; at: Date },
  calls: Prisma.Sql[],
): Promise<ExchangeRow | null> {
  const { communityId, id } = exchange;
  const change = { ...patch, version: exchange.version + 1 };
  const set = Object.entries(change).map(
    ([name, value]) => Prisma.sql`${Prisma.raw(nameOf(name))} = ${value}`,
  );
  const { kind, memberId, actingUserId, at, minutes, startsAt, reason, cause } = event;
  // In RETURNING they run after the exchange is locked and its event inserted; the ledger functions check
  // both. Their results are not used.
  const done = calls.map((call) => Prisma.sql`(${call}) IS NULL`);
  const saved = await tx.$executeRaw`
    WITH changed AS (
      UPDATE exchange SET ${Prisma.join(set)}
      WHERE community_id = ${communityId}::uuid AND id = ${id}::uuid
        AND version = ${exchange.version} ${oneAtATime(exchange, change.status)}
      RETURNING id
    ), ${notifyOfEventSql(exchange, { kind, version: change.version, by: memberId, at }, Prisma.sql`changed`)}
    INSERT INTO exchange_event
      (community_id, exchange_id, version, at, member_id, acting_user_id, kind, minutes, starts_at,
        reason, cause)
    SELECT ${communityId}::uuid, id, ${change.version}::integer, ${at}::timestamptz,
      ${memberId}::uuid, ${actingUserId}::uuid, ${kind}::text, ${minutes}::integer, ${startsAt}::timestamptz,
      ${reason}::text, ${cause}::text
    FROM changed
    RETURNING ARRAY[${done.length > 0 ? Prisma.join(done) : Prisma.empty}]::boolean[] AS done`;
  return saved === 1 ? { ...exchange, ...change } : null;
}
