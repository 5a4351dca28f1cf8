/** Checks that proposing and recording share. */
import { DomainError } from "../../domain/kernel/errors";
import type { MemberContext } from "../membership/context";
import type { Unclaimed } from "../membership/request-id";
import type { Tx } from "../platform/db/client";

/** The fields of a form that later transitions of the exchange do not change. */
type InitialContent = {
  kind: "proposed" | "recorded";
  title: string;
  category: string;
  minutes: number;
  otherId?: string | undefined;
  listingId?: string | undefined;
};

/** The exchange that already has this id, compared with the form by its row and its first event. */
export async function findUnclaimedExchange(
  tx: Tx,
  { communityId, me }: MemberContext,
  id: string,
  content: InitialContent,
): Promise<Unclaimed | null> {
  const first = await tx.exchangeEvent.findFirst({
    where: { communityId, exchangeId: id, version: 1 },
    include: { exchange: true },
  });
  if (!first) return null;
  const { title, category, giverId, receiverId, listingId } = first.exchange;
  const isSame =
    first.kind === content.kind &&
    first.minutes === content.minutes &&
    title === content.title &&
    category === content.category &&
    listingId === (content.listingId ?? null) &&
    (content.otherId === undefined ||
      content.otherId === (giverId === me.id ? receiverId : giverId));
  return { memberId: first.memberId, isSame };
}

/**
 * Refuses new exchanges with these ids unless all are free. An account's id is not: the exchange's transfer would
 * have it, and that id belongs to the account's welcome credit.
 * @throws DomainError idTaken
 */
export async function requireFreeIds(tx: Tx, communityId: string, ids: string[]): Promise<void> {
  const taken = await tx.$queryRaw<unknown[]>`
    SELECT FROM exchange WHERE community_id = ${communityId}::uuid AND id = ANY (${ids}::uuid[])
    UNION ALL
    SELECT FROM account WHERE community_id = ${communityId}::uuid AND id = ANY (${ids}::uuid[])
    LIMIT 1`;
  if (taken.length > 0) throw new DomainError("idTaken");
}

/** The other side's member. @throws DomainError notFound, sameGiverAndReceiver, memberNotActive */
export async function requireOther(
  tx: Tx,
  ctx: MemberContext,
  otherId: string | undefined,
): Promise<{ id: string; displayName: string }> {
  const { communityId, me } = ctx;
  if (!otherId) throw new DomainError("notFound");
  if (otherId === me.id) throw new DomainError("sameGiverAndReceiver", {}, "otherId");
  const other = await tx.member.findUnique({
    where: { communityId_id: { communityId, id: otherId } },
  });
  if (!other) throw new DomainError("notFound");
  if (other.status !== "active") throw new DomainError("memberNotActive", {}, "otherId");
  return other;
}

type Sides = { giverId: string; receiverId: string };

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Refuses a record of help that may be recorded already: by the same side, by the other side, or as an
 * agreed exchange of that day. The member may confirm that it is another one. Callers hold the locks on
 * both members' rows (`lockBoth`), so that concurrent records are checked one after the other.
 * @param startsAt noon of the day of the help
 * @throws DomainError recordedByYou, recordedByThem, agreedForThatDay; `about` is the other exchange
 */
export async function requireNewRecord(
  tx: Tx,
  { communityId, me, now }: MemberContext,
  { startsAt, minutes, name, ...sides }: Sides & { startsAt: Date; minutes: number; name: string },
): Promise<void> {
  const noon = startsAt.getTime();
  // 12 hours on both sides of local noon are that day; an hour is missing or extra when the clocks change.
  const thatDay = { gte: new Date(noon - DAY_MS / 2), lt: new Date(noon + DAY_MS / 2) };
  const found = await tx.exchange.findFirst({
    where: {
      communityId,
      ...sides,
      reversedAt: null,
      OR: [
        { agreedAt: { not: null }, status: { in: ["agreed", "reported"] }, startsAt: thatDay },
        {
          agreedAt: null,
          status: { in: ["reported", "disputed", "settled"] },
          OR: [
            { startsAt: thatDay },
            { minutes, createdAt: { gt: new Date(now.getTime() - DAY_MS) } },
          ],
        },
      ],
    },
    orderBy: [{ agreedAt: { sort: "desc", nulls: "last" } }, { createdAt: "desc" }],
    include: { events: { where: { version: 1 }, select: { memberId: true } } },
  });
  if (!found) return;
  const values = { name, about: found.id, recorded: found.reportedMinutes ?? found.minutes };
  if (found.agreedAt) throw new DomainError("agreedForThatDay", values);
  const isMine = found.events[0]?.memberId === me.id;
  throw new DomainError(isMine ? "recordedByYou" : "recordedByThem", values);
}

/**
 * Refuses a proposal that either side has made already; the member may confirm that it is another one.
 * Callers hold the same locks.
 * @throws DomainError proposedBefore; `about` is the other exchange
 */
export async function requireNewProposal(
  tx: Tx,
  { communityId }: MemberContext,
  { startsAt, minutes, name, ...sides }: Sides & { startsAt: Date; minutes: number; name: string },
): Promise<void> {
  const found = await tx.exchange.findFirst({
    where: { communityId, ...sides, startsAt, minutes, status: { in: ["proposed", "agreed"] } },
    select: { id: true },
  });
  if (found) throw new DomainError("proposedBefore", { name, about: found.id, recorded: minutes });
}
