import type { ExchangeSide } from "../../domain/exchange/sides";
import { db } from "../platform/db/client";
import type { Prisma } from "../platform/db/generated/client";
import { person } from "./member-name";

/** A side of an exchange with what others see of a member. */
export type Side = ExchangeSide<Prisma.MemberGetPayload<{ select: typeof person }>>;

/**
 * Reads accounts of a community as sides of exchanges, in one statement.
 * @returns `find`, the side with an id, or null; and `of`, for ids that are those of accounts by a foreign key
 */
export async function readSides(communityId: string, ids: readonly (string | null)[]) {
  const wanted = ids.filter((id) => id !== null);
  const rows = await db.member.findMany({
    where: { communityId, id: { in: [...new Set(wanted)] } },
    select: person,
  });
  const members = new Map(rows.map((row) => [row.id, row]));
  const find = (id: string): Side | null => {
    const member = members.get(id);
    if (member) return { kind: "member", ...member };
    return id === communityId ? { kind: "fund", id } : null;
  };
  const of = (id: string): Side => {
    const side = find(id);
    if (!side) throw new Error(`Account ${id} has neither a member nor is it the fund.`);
    return side;
  };
  return { find, of };
}

/** The account ids of the sides of exchanges. */
export const sideIds = (exchanges: readonly { giverId: string; receiverId: string }[]): string[] =>
  exchanges.flatMap(({ giverId, receiverId }) => [giverId, receiverId]);
