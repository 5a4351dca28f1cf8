import { transaction } from "../db/client";

/**
 * Notes that whoever signs in has shown that the address is theirs. The first time, a password that
 * is there already is forgotten and every session ends: both may be of somebody who signed up with
 * the address before its owner came ("pre-hijacked accounts", Sudhodanan and Paverd, 2022).
 */
export async function proveAddress(userId: string, now: Date): Promise<void> {
  await transaction(async (tx) => {
    const first = await tx.user.updateMany({
      where: { id: userId, provenAt: null },
      data: { provenAt: now, passwordHash: null },
    });
    if (first.count === 0) return;
    await tx.session.updateMany({ where: { userId, endedAt: null }, data: { endedAt: now } });
  });
}
