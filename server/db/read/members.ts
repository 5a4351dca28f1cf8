import { db } from "../client";

/** Active members by name, for choosing a person and for the members' page. */
export async function readMembers(communityId: string, words?: string) {
  const number = Number(words);
  return db.member.findMany({
    where: {
      communityId,
      status: "active",
      ...(words
        ? {
            OR: [
              { displayName: { contains: words, mode: "insensitive" as const } },
              { neighbourhood: { contains: words, mode: "insensitive" as const } },
              ...(Number.isSafeInteger(number) && number > 0 && number < 1e9 ? [{ number }] : []),
            ],
          }
        : {}),
    },
    select: {
      id: true,
      number: true,
      displayName: true,
      photoId: true,
      neighbourhood: true,
      languages: true,
      role: true,
    },
    orderBy: [{ displayName: "asc" }, { number: "asc" }],
    take: 500,
  });
}

/**
 * A person as the community's members see them. The balance only where it is open to members,
 * the way to reach them only for `seesContact`.
 */
export async function readPerson(
  communityId: string,
  memberId: string,
  sees: { balance: boolean },
) {
  const row = await db.member.findUnique({
    where: { communityId_id: { communityId, id: memberId } },
    include: { account: { select: { balance: true, floor: true, given: true, received: true } } },
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
    floor: account.floor,
    totals: { given: account.given, received: account.received },
  };
}

/** A member's name and number, whatever their standing; null for nobody. */
export async function readMemberName(communityId: string, memberId: string) {
  return db.member.findUnique({
    where: { communityId_id: { communityId, id: memberId } },
    select: { id: true, number: true, displayName: true, joinedAt: true },
  });
}

/** Whether there is such a person for the community's members to see. */
export async function isPerson(communityId: string, memberId: string): Promise<boolean> {
  const found = await db.member.findFirst({
    where: { communityId, id: memberId, status: { not: "applied" } },
    select: { id: true },
  });
  return found !== null;
}

/** How to reach a member; "" when they wrote nothing. */
export async function readContact(communityId: string, memberId: string): Promise<string> {
  const row = await db.member.findUnique({
    where: { communityId_id: { communityId, id: memberId } },
    select: { contact: true },
  });
  return row?.contact ?? "";
}

/** Whether two members have an exchange that was agreed, so that each may reach the other. */
export async function haveAgreed(
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
