/** Devices on which a user has signed in before; strangers who guess do not lock them out. */
import { db } from "../platform/db/client";
import { hashToken } from "../platform/tokens";

/** A device is known this long after its last sign-in. */
export const DEVICE_DAYS = 365;
const DAY = 86_400_000;
const VERIFIED = { emailVerifiedAt: { not: null } };

/**
 * The key under which tries of a known device are counted; null for any other.
 * @param token of the device's cookie, if it has one
 * @param isVerified only for an address that was verified: until then whoever signed up with it may
 *   be a stranger, who makes as many devices known as they like
 */
export async function knownDeviceKey(
  email: string,
  token: string | undefined,
  now: Date,
  isVerified = false,
): Promise<string | null> {
  const tokenHash = hashToken(token ?? "");
  const lastUsedAt = { gt: new Date(now.getTime() - DEVICE_DAYS * DAY) };
  const known = await db.knownDevice.findFirst({
    where: { tokenHash, lastUsedAt, user: { email, ...(isVerified && VERIFIED) } },
    select: { userId: true },
  });
  return known && `${known.userId} ${tokenHash}`;
}
