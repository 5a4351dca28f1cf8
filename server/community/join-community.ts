import { createHmac } from "node:crypto";
import { personName } from "@/domain/member/schema";
import { networkOf } from "../../domain/identity/network";
import { DomainError } from "../../domain/kernel/errors";
import {
  JOINS_BY_AN_INVITATION,
  JOINS_FROM_AN_ADDRESS,
  JOINS_FROM_AN_ADDRESS_IN_A_DAY,
  type Rate,
  windowOf,
} from "../../domain/kernel/limits";
import { RETENTION_DAYS } from "../../domain/privacy/retention";
import { admitMember } from "../membership/admit-member";
import { lockCommunity } from "../membership/locks";
import { requireOwnName } from "../membership/own-name";
import { db, type Tx, transaction } from "../platform/db/client";
import { env } from "../platform/env";
import { consumeInvitation } from "./invitation";

type JoinInput = {
  community: string;
  token?: string | undefined;
  /** The member's display name; the user's name when left out. */
  name?: string | undefined;
};

/**
 * Makes a user a member, by invitation or in an open community. An existing member uses no
 * invitation. Decided behind the community's lock, by its rules at that moment.
 * @throws DomainError notFound, invitationInvalid, notOpenToJoin, tooManyJoins, tooManyJoinsToday,
 *   nameNeeded, nameLikeCoordinator, nameClaimsRole
 */
export async function joinCommunity(
  actor: { userId: string; name: string },
  input: JoinInput,
  { now, address }: { now: Date; address: string },
): Promise<{ slug: string }> {
  return transaction(async (tx) => {
    const communityId = await lockCommunity(tx, { slug: input.community });
    if (!communityId) throw new DomainError(input.token ? "invitationInvalid" : "notFound");
    const community = await tx.community.findUniqueOrThrow({ where: { id: communityId } });
    const { slug } = community;
    const known = await tx.member.findUnique({
      where: { communityId_userId: { communityId, userId: actor.userId } },
    });
    if (known?.status === "active" || known?.status === "paused") return { slug };
    // Only a coordinator readmits a member who left, was suspended or has applied.
    if (known) throw new DomainError("notOpenToJoin");
    if (!input.token && community.joining !== "open") throw new DomainError("notOpenToJoin");
    const invitation = input.token
      ? await consumeInvitation(tx, communityId, input.token, now)
      : null;
    const invitationId = invitation?.id ?? null;
    const displayName = personName.safeParse(input.name ?? actor.name).data;
    if (displayName === undefined) throw new DomainError("nameNeeded", {}, "name");
    await requireOwnName(tx, communityId, displayName, "name");
    const addressHash = addressHashOf(communityId, address);
    await requireUnderJoinLimit(tx, { communityId, invitationId, addressHash }, now);
    const person = { userId: actor.userId, displayName, role: "member" as const };
    const voucher = invitation?.voucher ?? null;
    const { id: memberId } = await admitMember(tx, community, person, now, voucher);
    const join = { communityId, memberId, invitationId, addressHash, joinedAt: now };
    await tx.memberJoin.create({ data: join, select: { memberId: true } });
    return { slug };
  });
}

/** A network's hash, which differs between communities. */
const addressHashOf = (communityId: string, address: string): string =>
  createHmac("sha256", env().AUTH_SECRET)
    .update(`join ${communityId} ${networkOf(address)}`)
    .digest("base64url");

async function requireUnderJoinLimit(
  tx: Tx,
  {
    communityId,
    invitationId,
    addressHash,
  }: { communityId: string; invitationId: string | null; addressHash: string },
  now: Date,
): Promise<void> {
  const fromAddress = (rate: Rate) =>
    tx.memberJoin.count({ where: { communityId, addressHash, joinedAt: windowOf(rate, now) } });
  const [byAddress, byAddressToday, byInvitation] = await Promise.all([
    fromAddress(JOINS_FROM_AN_ADDRESS),
    fromAddress(JOINS_FROM_AN_ADDRESS_IN_A_DAY),
    invitationId === null
      ? 0
      : tx.memberJoin.count({
          where: {
            communityId,
            invitationId,
            joinedAt: windowOf(JOINS_BY_AN_INVITATION, now),
          },
        }),
  ]);
  const isFull =
    byAddress >= JOINS_FROM_AN_ADDRESS.max || byInvitation >= JOINS_BY_AN_INVITATION.max;
  if (isFull) throw new DomainError("tooManyJoins");
  if (byAddressToday >= JOINS_FROM_AN_ADDRESS_IN_A_DAY.max) {
    throw new DomainError("tooManyJoinsToday");
  }
}

const JOIN_RETENTION_MS = RETENTION_DAYS.join * 24 * 60 * 60_000;

/** Deletes the records of how members joined; runs every night. */
export async function deleteOldJoins(now: Date): Promise<void> {
  const before = new Date(now.getTime() - JOIN_RETENTION_MS);
  await db.memberJoin.deleteMany({ where: { joinedAt: { lt: before } } });
}
