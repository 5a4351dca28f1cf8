import { endedWithoutHours } from "../../domain/exchange/status";
import { DomainError } from "../../domain/kernel/errors";
import {
  AFTER_A_RETURN,
  MAX_NOTES_AFTER_END,
  MAX_UNANSWERED_NOTES,
  NOTES,
  type ProposalCounts,
  proposalLimit,
  RECORDS_WITH_ONE,
  STEPS_IN_PLACE,
  UNSUCCESSFUL_PROPOSALS,
  windowOf,
} from "../../domain/kernel/limits";
import type { MemberContext } from "../membership/context";
import { createdIn } from "../membership/limits";
import { lockMe, type Status } from "../membership/locks";
import type { Tx } from "../platform/db/client";
import type { ExchangeRow } from "./rows";

/**
 * Locks the caller's row, and the other member's row against changes, until the transaction ends. Rows are
 * locked in the order of their ids, so that two members who propose to each other do not deadlock.
 * @throws DomainError notFound, memberNotActive
 */
async function lockBoth(tx: Tx, ctx: MemberContext, otherId: string): Promise<void> {
  const lockOther = async () => {
    const [other] = await tx.$queryRaw<Status[]>`
      SELECT status::text FROM member
      WHERE community_id = ${ctx.communityId}::uuid AND id = ${otherId}::uuid FOR SHARE`;
    if (!other) throw new DomainError("notFound");
    if (other.status !== "active") throw new DomainError("memberNotActive", {}, "otherId");
  };
  if (otherId < ctx.me.id) await lockOther();
  const mine = await lockMe(tx, ctx);
  if (mine.status !== "active") throw new DomainError("memberNotActive");
  if (otherId > ctx.me.id) await lockOther();
}

/**
 * Limits the proposals and reports that wait for another member's answer.
 * @param dates how many exchanges the caller wants to add
 * @throws DomainError tooManyAsked {max}, tooManyAskedAtOnce {max}, tooManyInVain {max},
 *   memberNotActive, notFound
 */
export async function requireUnderProposalLimit(
  tx: Tx,
  ctx: MemberContext,
  otherId: string,
  dates: number,
): Promise<void> {
  const { communityId, me, now } = ctx;
  await lockBoth(tx, ctx, otherId);
  const [counts] = await tx.$queryRaw<(ProposalCounts & { isNeighbour: boolean })[]>`
    SELECT count(*) FILTER (WHERE is_theirs)::integer AS dates,
      count(*)::integer AS "datesOfAll",
      count(DISTINCT coalesce(series_id, id)) FILTER (WHERE is_theirs)::integer AS proposals,
      coalesce(bool_or(series_id IS NOT NULL) FILTER (WHERE is_theirs), false) AS "hasSeries",
      -- Settled with the consent of both sides; a receiver's record settles without the giver's.
      EXISTS (
        SELECT FROM exchange
        WHERE community_id = ${communityId}::uuid AND status = 'settled' AND reversed_at IS NULL
          AND (agreed_at IS NOT NULL OR pending_by_id = giver_id)
          AND ((giver_id = ${me.id}::uuid AND receiver_id = ${otherId}::uuid)
            OR (giver_id = ${otherId}::uuid AND receiver_id = ${me.id}::uuid))
      ) AS "isNeighbour", (
        SELECT count(DISTINCT coalesce(e.series_id, e.id))::integer
        FROM exchange e JOIN exchange_event first_event ON first_event.community_id = e.community_id
          AND first_event.exchange_id = e.id AND first_event.version = 1
          AND first_event.member_id = ${me.id}::uuid
        WHERE e.community_id = ${communityId}::uuid AND e.agreed_at IS NULL
          AND e.status::text = ANY (${endedWithoutHours})
          AND ${createdIn(UNSUCCESSFUL_PROPOSALS, now)}
          AND ((e.giver_id = ${me.id}::uuid AND e.receiver_id = ${otherId}::uuid)
            OR (e.giver_id = ${otherId}::uuid AND e.receiver_id = ${me.id}::uuid))
      ) AS "inVain"
    FROM (
      SELECT id, series_id, ${otherId}::uuid IN (giver_id, receiver_id) AS is_theirs
      FROM exchange
      WHERE community_id = ${communityId}::uuid
        AND (giver_id = ${me.id}::uuid OR receiver_id = ${me.id}::uuid)
        AND status IN ('proposed', 'reported') AND agreed_at IS NULL
        AND pending_by_id = ${me.id}::uuid
    ) AS pending`;
  if (!counts) return;
  const limit = proposalLimit(dates, counts, counts.isNeighbour);
  if (limit) throw new DomainError(limit.code, { max: limit.max });
}

/**
 * Limits the records of help that the caller received, which settle without the giver's consent.
 * @throws DomainError tooManyRecords {max}, recordsReturned, memberNotActive, notFound
 */
export async function requireUnderRecordLimit(tx: Tx, ctx: MemberContext, giverId: string) {
  const { communityId, me, now } = ctx;
  await lockBoth(tx, ctx, giverId);
  const recorded = await tx.exchange.count({
    where: {
      communityId,
      giverId,
      receiverId: me.id,
      pendingById: me.id,
      agreedAt: null,
      status: { in: ["reported", "disputed", "settled"] },
      createdAt: windowOf(RECORDS_WITH_ONE, now),
    },
  });
  if (recorded >= RECORDS_WITH_ONE.max) {
    throw new DomainError("tooManyRecords", { max: RECORDS_WITH_ONE.max });
  }
  const returned = await tx.exchangeEvent.count({
    where: {
      communityId,
      kind: "returned",
      memberId: giverId,
      at: windowOf(AFTER_A_RETURN, now),
      exchange: { giverId, receiverId: me.id },
    },
  });
  if (returned > AFTER_A_RETURN.max) throw new DomainError("recordsReturned");
}

/**
 * Limits a member's steps in one exchange that do not change its status. It takes no lock: a concurrent
 * step makes another version, on which the caller decides and checks again.
 * @throws DomainError tooManySteps {max}
 */
export async function requireUnderStepLimit(
  tx: Tx,
  { communityId, id: exchangeId }: Pick<ExchangeRow, "communityId" | "id">,
  memberId: string,
  now: Date,
): Promise<void> {
  const taken = await tx.exchangeEvent.count({
    where: { communityId, exchangeId, memberId, at: windowOf(STEPS_IN_PLACE, now) },
  });
  if (taken >= STEPS_IN_PLACE.max) {
    throw new DomainError("tooManySteps", { max: STEPS_IN_PLACE.max });
  }
}

/**
 * Limits a member's notes in an exchange. A note that is already saved does not count again.
 * @param exchange a row that this transaction has locked
 * @throws DomainError tooManyNotes {max}, tooManyNotesUnanswered {max}, tooManyNotesAfterTheEnd {max}
 */
export async function requireUnderNoteLimit(
  tx: Tx,
  ctx: MemberContext,
  exchange: ExchangeRow,
  noteId: string,
): Promise<void> {
  const { communityId, me, now } = ctx;
  await lockMe(tx, ctx);
  const { id, giverId, receiverId, status } = exchange;
  const isOver = endedWithoutHours.includes(status);
  const [counts] = await tx.$queryRaw<
    { known: boolean; lately: number; unanswered: number; afterTheEnd: number }[]
  >`
    WITH thread AS (
      SELECT e.id, e.ended_at, (
          SELECT max(answer.created_at) FROM exchange_note answer
          WHERE answer.community_id = e.community_id AND answer.exchange_id = e.id
            AND answer.member_id <> ${me.id}::uuid
        ) AS answered_at
      FROM exchange e
      WHERE e.community_id = ${communityId}::uuid
        AND (e.id = ${id}::uuid OR (${isOver}
          AND ((e.giver_id = ${giverId}::uuid AND e.receiver_id = ${receiverId}::uuid)
            OR (e.giver_id = ${receiverId}::uuid AND e.receiver_id = ${giverId}::uuid))
          AND e.status::text = ANY (${endedWithoutHours})))
    ), mine AS (
      SELECT note.exchange_id, note.created_at,
        note.created_at > coalesce(thread.answered_at, '-infinity') AS is_unanswered,
        note.created_at >= thread.ended_at AS is_after_the_end
      FROM thread JOIN exchange_note note
        ON note.community_id = ${communityId}::uuid AND note.exchange_id = thread.id
      WHERE note.member_id = ${me.id}::uuid
    )
    SELECT
      EXISTS (SELECT FROM exchange_note
        WHERE community_id = ${communityId}::uuid AND id = ${noteId}::uuid) AS known,
      count(*) FILTER (WHERE exchange_id = ${id}::uuid
        AND ${createdIn(NOTES, now)})::integer AS lately,
      count(*) FILTER (WHERE exchange_id = ${id}::uuid AND is_unanswered)::integer AS unanswered,
      count(*) FILTER (WHERE is_unanswered AND is_after_the_end)::integer AS "afterTheEnd"
    FROM mine`;
  if (!counts || counts.known) return;
  if (isOver && counts.afterTheEnd >= MAX_NOTES_AFTER_END) {
    throw new DomainError("tooManyNotesAfterTheEnd", { max: MAX_NOTES_AFTER_END });
  }
  if (status === "proposed" && counts.unanswered >= MAX_UNANSWERED_NOTES) {
    throw new DomainError("tooManyNotesUnanswered", { max: MAX_UNANSWERED_NOTES });
  }
  if (counts.lately >= NOTES.max) throw new DomainError("tooManyNotes", { max: NOTES.max });
}
