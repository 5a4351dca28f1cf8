import { DomainError } from "../../domain/kernel/errors";
import { INVITATIONS, MAX_OPEN_INVITATIONS } from "../../domain/kernel/limits";
import type { Voucher } from "../ledger/commands";
import type { MemberContext } from "../membership/context";
import { createdIn } from "../membership/limits";
import { lockCommunity, lockCoordinator } from "../membership/locks";
import { type Tx, transaction } from "../platform/db/client";
import { hashToken, newId, newToken } from "../platform/tokens";

const DAY_MS = 86_400_000;

/**
 * Makes an invitation. The token is returned once; only its hash is stored.
 * @throws DomainError tooManyInvitations
 */
export async function createInvitation(
  ctx: MemberContext,
  input: { label: string; days: number; maxUses: number },
): Promise<{ id: string; token: string }> {
  const id = newId();
  const token = newToken();
  const { communityId, me, actor, now } = ctx;
  await transaction(async (tx) => {
    await requireUnderInvitationLimit(tx, ctx);
    await tx.invitation.create({
      data: {
        communityId,
        id,
        tokenHash: hashToken(token),
        label: input.label,
        createdById: me.id,
        actingUserId: actor.userId,
        createdAt: now,
        expiresAt: new Date(now.getTime() + input.days * DAY_MS),
        maxUses: input.maxUses,
      },
    });
  });
  return { id, token };
}

/** Locks the community, then counts. @throws DomainError tooManyInvitations {max} */
async function requireUnderInvitationLimit(tx: Tx, ctx: MemberContext) {
  const { communityId, me, now } = ctx;
  await lockCommunity(tx, { id: communityId });
  await lockCoordinator(tx, ctx);
  const [counted] = await tx.$queryRaw<{ open: number; lately: number }[]>`
    SELECT
      count(*) FILTER (WHERE withdrawn_at IS NULL AND expires_at > ${now}::timestamptz
        AND uses < max_uses)::integer AS open,
      count(*) FILTER (WHERE created_by_id = ${me.id}::uuid
        AND ${createdIn(INVITATIONS, now)})::integer AS lately
    FROM invitation WHERE community_id = ${communityId}::uuid`;
  if (!counted) return;
  if (counted.open >= MAX_OPEN_INVITATIONS || counted.lately >= INVITATIONS.max) {
    throw new DomainError("tooManyInvitations", { max: MAX_OPEN_INVITATIONS });
  }
}

/** Withdraws an invitation; idempotent. @throws DomainError notFound */
export async function withdrawInvitation(
  ctx: MemberContext,
  { id }: { id: string },
): Promise<void> {
  const { communityId, now } = ctx;
  await transaction(async (tx) => {
    await lockCoordinator(tx, ctx);
    const known = await tx.invitation.count({ where: { communityId, id } });
    if (known === 0) throw new DomainError("notFound");
    await tx.invitation.updateMany({
      where: { communityId, id, withdrawnAt: null },
      data: { withdrawnAt: now },
    });
  });
}

/**
 * Counts one use of an invitation.
 * @returns its id, and its maker as voucher if it is for a single use and its maker is vouched for
 * @throws DomainError invitationInvalid
 */
export async function consumeInvitation(
  tx: Tx,
  communityId: string,
  token: string,
  now: Date,
): Promise<{ id: string; voucher: Voucher | null }> {
  const [used] = await tx.invitation.updateManyAndReturn({
    where: {
      communityId,
      tokenHash: hashToken(token),
      withdrawnAt: null,
      expiresAt: { gt: now },
      uses: { lt: tx.invitation.fields.maxUses },
    },
    data: { uses: { increment: 1 } },
    select: { id: true, maxUses: true, createdById: true, actingUserId: true },
  });
  if (!used) throw new DomainError("invitationInvalid");
  const { id, maxUses, createdById: byId, actingUserId } = used;
  if (maxUses !== 1) return { id, voucher: null };
  const maker = await tx.account.findUnique({
    where: { communityId_id: { communityId, id: byId } },
  });
  if (!maker?.vouchedAt) return { id, voucher: null };
  return { id, voucher: { kind: "invited", byId, actingUserId, invitationId: id } };
}
