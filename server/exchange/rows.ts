import { DomainError } from "../../domain/kernel/errors";
import type { Tx } from "../platform/db/client";
import { Prisma } from "../platform/db/generated/client";

export type ExchangeRow = Prisma.ExchangeModel;

/** The SQL column of each field; the type makes a missing one a compile error. */
const columns: Record<keyof ExchangeRow, string> = {
  communityId: "community_id",
  id: "id",
  giverId: "giver_id",
  receiverId: "receiver_id",
  listingId: "listing_id",
  status: "status",
  version: "version",
  title: "title",
  category: "category",
  startsAt: "starts_at",
  minutes: "minutes",
  place: "place",
  placeNote: "place_note",
  pendingById: "pending_by_id",
  agreedAt: "agreed_at",
  reportedMinutes: "reported_minutes",
  reportedAt: "reported_at",
  remindedAt: "reminded_at",
  endedAt: "ended_at",
  reversedAt: "reversed_at",
  dueAt: "due_at",
  rescheduleTo: "reschedule_to",
  seriesId: "series_id",
  overlapExempt: "overlap_exempt",
  createdAt: "created_at",
};
export const nameOf = (name: string): string => columns[name as keyof ExchangeRow];
const row = Prisma.raw(
  Object.keys(columns)
    .map((name) => `${nameOf(name)} AS "${name}"`)
    .join(", "),
);
const find = (communityId: string, id: string): Prisma.Sql => Prisma.sql`
  SELECT ${row} FROM exchange WHERE community_id = ${communityId}::uuid AND id = ${id}::uuid`;

/** The current row, without a lock. @throws DomainError notFound */
export async function readExchange(tx: Tx, communityId: string, id: string): Promise<ExchangeRow> {
  const [exchange] = await tx.$queryRaw<ExchangeRow[]>`${find(communityId, id)}`;
  if (!exchange) throw new DomainError("notFound");
  return exchange;
}

/**
 * The row, locked until the transaction ends, so that its transitions happen one after another.
 * @throws DomainError notFound
 */
export async function lockExchange(tx: Tx, communityId: string, id: string): Promise<ExchangeRow> {
  const [exchange] = await tx.$queryRaw<ExchangeRow[]>`${find(communityId, id)} FOR UPDATE`;
  if (!exchange) throw new DomainError("notFound");
  return exchange;
}
