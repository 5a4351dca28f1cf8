import { db } from "../platform/db/client";
import { hashToken, newToken } from "../platform/tokens";

/**
 * Makes a new one-time set-up token while the installation is unclaimed; the previous one stops
 * working.
 * @returns the token for the link, or null when the installation has been claimed
 */
export async function prepareSetupLink(): Promise<string | null> {
  const token = newToken();
  await db.installation.createMany({ data: [{ id: 1 }], skipDuplicates: true });
  const prepared = await db.installation.updateMany({
    where: { id: 1, claimedAt: null },
    data: { setupTokenHash: hashToken(token) },
  });
  return prepared.count === 1 ? token : null;
}
