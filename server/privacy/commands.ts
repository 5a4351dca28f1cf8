import { type PrivacyNoticeInput, privacyNoticeShape } from "@/domain/privacy/schema";
import { columnsOf } from "../../domain/kernel/fields";
import type { MemberContext } from "../membership/context";
import { lockCommunity, lockCoordinator } from "../membership/locks";
import { transaction } from "../platform/db/client";

const content = columnsOf(privacyNoticeShape);

/** Fills in or changes a community's privacy notice. The same content again is not a new version. */
export async function updatePrivacyNotice(
  ctx: MemberContext,
  input: PrivacyNoticeInput,
): Promise<void> {
  const { communityId, me, actor, now } = ctx;
  await transaction(async (tx) => {
    // Two coordinators at once get two versions.
    await lockCommunity(tx, { id: communityId });
    await lockCoordinator(tx, ctx);
    const where = { communityId };
    const known = await tx.privacyNotice.findUnique({
      where,
      select: { ...content, version: true },
    });
    if (known && isSame(known, input)) return;
    const data = {
      ...input,
      version: (known?.version ?? 0) + 1,
      changedAt: now,
      changedById: me.id,
      actingUserId: actor.userId,
    };
    await tx.privacyNotice.upsert({ where, create: { ...where, ...data }, update: data });
  });
}

const isSame = (one: PrivacyNoticeInput, other: PrivacyNoticeInput): boolean => {
  const stored = new Map(Object.entries(one));
  return Object.entries(other).every(([name, value]) => stored.get(name) === value);
};
