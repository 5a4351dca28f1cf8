import { db, type Tx } from "../db/client";
import type { Voucher } from "../db/write/ledger";
import { DomainError } from "../domain/errors";
import type { MemberContext } from "./context";
import { hashToken, newId, newToken } from "./secret";

const DAY = 86_400_000;

/** Makes an invitation; its token is given once and only its hash is kept. */
export async function createInvitation(
  ctx: MemberContext,
  input: { label: string; days: number; maxUses: number },
): Promise<{ id: string; token: string }> {
  const id = newId();
  const token = newToken();
  await db.invitation.create({
    data: {
      communityId: ctx.communityId,
      id,
      tokenHash: hashToken(token),
      label: input.label,
      createdById: ctx.me.id,
      createdAt: ctx.now,
      expiresAt: new Date(ctx.now.getTime() + input.days * DAY),
      maxUses: input.maxUses,
    },
  });
  return { id, token };
}

/** Withdraws an invitation; doing so twice is the same as once. @throws DomainError notFound */
export async function withdrawInvitation(
  ctx: MemberContext,
  { id }: { id: string },
): Promise<void> {
  const { communityId } = ctx;
  const known = await db.invitation.count({ where: { communityId, id } });
  if (known === 0) throw new DomainError("notFound");
  await db.invitation.updateMany({
    where: { communityId, id, withdrawnAt: null },
    data: { withdrawnAt: ctx.now },
  });
}

/**
 * Uses an invitation up by one.
 * @returns its maker as a voucher when it was for one person and its maker is vouched for, else null
 * @throws DomainError invitationInvalid
 */
export async function spendInvitation(
  tx: Tx,
  communityId: string,
  token: string,
  now: Date,
): Promise<Voucher | null> {
  const [used] = await tx.invitation.updateManyAndReturn({
    where: {
      communityId,
      tokenHash: hashToken(token),
      withdrawnAt: null,
      expiresAt: { gt: now },
      uses: { lt: tx.invitation.fields.maxUses },
    },
    data: { uses: { increment: 1 } },
  });
  if (!used) throw new DomainError("invitationInvalid");
  if (used.maxUses !== 1) return null;
  const { id: invitationId, createdById: byId } = used;
  const maker = await tx.account.findUnique({
    where: { communityId_id: { communityId, id: byId } },
  });
  return maker?.vouchedAt ? { kind: "invited", byId, invitationId } : null;
}
