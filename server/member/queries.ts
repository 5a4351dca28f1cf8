import type { InterfaceLanguage } from "@/domain/kernel/languages";
import { floorOf } from "../../domain/community/community";
import { bareWords, wordsOf } from "../../domain/search/search";
import { person } from "../membership/member-name";
import { db } from "../platform/db/client";
import { Prisma } from "../platform/db/generated/client";
import { nameOrder } from "../platform/db/name-order";
import { normalized } from "../search/conditions";
import { rankNearest, respell, similarity, trigramMatch, trigrams } from "../search/nearest";

const { sql } = Prisma;

/** Members on a page of the directory; member pickers request more. */
const PAGE_MEMBERS = 60;

const row = {
  ...person,
  neighbourhood: true,
  languages: true,
} as const;

/**
 * Active members by name. The words match parts of names and neighbourhoods, ignoring accents; a
 * number matches a member's number. Without a match, members with similar names are returned,
 * marked `isNear`.
 * @param query `after`: the `next` of the previous page; `most`: the members on a page
 */
export async function readMembers(
  communityId: string,
  language: InterfaceLanguage,
  {
    words = "",
    after,
    most = PAGE_MEMBERS,
  }: { words?: string | undefined; after?: string | undefined; most?: number | undefined } = {},
) {
  const found = await idsFor(communityId, language, { words, after, most: most + 1 });
  const near = words && !after && found.length === 0 ? await idsNear(communityId, words) : null;
  const ids = near ?? found.slice(0, most);
  const rows = await db.member.findMany({
    where: { communityId, status: "active", id: { in: ids } },
    select: row,
  });
  const known = new Map(rows.map((each) => [each.id, { ...each, isNear: near !== null }]));
  return {
    members: ids.flatMap((id) => known.get(id) ?? []),
    next: found.length > most ? (ids.at(-1) ?? null) : null,
  };
}

const isNumber = (words: string) => /^[1-9]\d{0,8}$/.test(words);

async function idsFor(
  communityId: string,
  language: InterfaceLanguage,
  { words, after, most }: { words: string; after: string | undefined; most: number },
): Promise<string[]> {
  const parts = wordsOf(words);
  if (words && parts.length === 0) return [];
  const byName = nameOrder(sql`display_name`, language);
  const last = after
    ? await db.member.findUnique({
        where: { communityId_id: { communityId, id: after } },
        select: { displayName: true, number: true },
      })
    : null;
  // Digits of any script count.
  const [only = ""] = parts.length === 1 ? parts : [];
  const number = isNumber(only) ? sql`OR number = ${Number(only)}` : Prisma.empty;
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM member
    WHERE community_id = ${communityId}::uuid AND status = 'active'
      ${words ? sql`AND ((${Prisma.join(parts.map(isPart), " AND ")}) ${number})` : Prisma.empty}
      ${last ? sql`AND (${byName}, number) > (${last.displayName}, ${last.number})` : Prisma.empty}
    ORDER BY ${byName}, number LIMIT ${most}`;
  return rows.map(({ id }) => id);
}

/** Uses the trigram index, and then compares the text, since trigrams of different words may match. */
const isPart = (part: string) =>
  sql`(trigrams LIKE '%' || ${trigrams(part)} || '%' AND folded LIKE '%' || ${normalized(part)} || '%')`;

async function idsNear(communityId: string, words: string): Promise<string[]> {
  const parts = wordsOf(words);
  if (parts.length === 0) return [];
  const table = sql`member`;
  const rows = await db.$queryRaw<{ id: string; folded: string; similarity: number }[]>`
    SELECT id, folded, ${similarity(table, bareWords(parts))} AS similarity
    FROM member
    WHERE community_id = ${communityId}::uuid AND status = 'active'
      AND ${trigramMatch(table, respell(parts))}
    ORDER BY similarity DESC, number LIMIT 80`;
  return rankNearest(parts, rows);
}

/** A member as other members see them; the balance only where `sees.balance`. */
export async function readPerson(
  communityId: string,
  memberId: string,
  sees: { balance: boolean },
) {
  const row = await db.member.findUnique({
    where: { communityId_id: { communityId, id: memberId } },
    include: { account: true, community: { select: { floor: true, newcomerFloor: true } } },
  });
  if (!row || row.status === "applied") return null;
  const {
    account,
    id,
    number,
    displayName,
    photoId,
    about,
    languages,
    neighbourhood,
    role,
    status,
    joinedAt,
  } = row;
  return {
    id,
    number,
    displayName,
    photoId,
    about,
    languages,
    neighbourhood,
    role,
    status,
    joinedAt,
    balance: sees.balance ? account.balance : null,
    floor: floorOf(account, row.community),
    totals: { given: account.given, received: account.received },
  };
}

const MAX_NEWCOMERS = 50;

/** Active members who are not vouched for yet, the latest first, and their total number. */
export async function readNewcomers(communityId: string) {
  const where = { communityId, status: "active", account: { vouchedAt: null } } as const;
  const [members, count] = await Promise.all([
    db.member.findMany({
      where,
      select: { ...row, joinedAt: true },
      orderBy: [{ joinedAt: "desc" }, { number: "desc" }],
      take: MAX_NEWCOMERS,
    }),
    db.member.count({ where }),
  ]);
  return { members, count };
}

/** A member's name and number, whatever their status; null for an unknown id. */
export async function readMemberName(communityId: string, memberId: string) {
  return db.member.findUnique({
    where: { communityId_id: { communityId, id: memberId } },
    select: { ...person, joinedAt: true },
  });
}

/** Whether other members may see that this member exists. */
export async function isPerson(communityId: string, memberId: string): Promise<boolean> {
  const found = await db.member.findFirst({
    where: { communityId, id: memberId, status: { not: "applied" } },
    select: { id: true },
  });
  return found !== null;
}

/** A member's contact details; "" when they gave none. */
export async function readContact(communityId: string, memberId: string): Promise<string> {
  const row = await db.member.findUnique({
    where: { communityId_id: { communityId, id: memberId } },
    select: { contact: true },
  });
  return row?.contact ?? "";
}

/** Whether two members have agreed an exchange, so that each sees the other's contact details. */
export async function haveAgreedExchange(
  communityId: string,
  one: string,
  other: string,
): Promise<boolean> {
  const agreed = await db.exchange.findFirst({
    where: {
      communityId,
      agreedAt: { not: null },
      status: { in: ["agreed", "reported", "disputed", "settled"] },
      OR: [
        { giverId: one, receiverId: other },
        { giverId: other, receiverId: one },
      ],
    },
    select: { id: true },
  });
  return agreed !== null;
}
