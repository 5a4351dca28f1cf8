/** Devices on which a user has signed in before: strangers who guess passwords do not lock them out. */
import { RETENTION_DAYS } from "../../domain/privacy/retention";
import { db } from "../platform/db/client";
import { hashToken } from "../platform/tokens";

/** How long a device is known after its last sign-in. */
export const DEVICE_DAYS = RETENTION_DAYS.knownDevice;
const DAY_MS = 86_400_000;
const VERIFIED = { emailVerifiedAt: { not: null } };

/**
 * The rate limit key of a known device; null for other devices.
 * @param token of the device cookie
 * @param isVerified requires a verified address: with an unverified one, a stranger may have signed
 *   up, and can make any number of devices known
 */
export async function knownDeviceKey(
  email: string,
  token: string | undefined,
  now: Date,
  isVerified = false,
): Promise<string | null> {
  const tokenHash = hashToken(token ?? "");
  const lastUsedAt = { gt: new Date(now.getTime() - DEVICE_DAYS * DAY_MS) };
  const known = await db.knownDevice.findFirst({
    where: { tokenHash, lastUsedAt, user: { email, ...(isVerified && VERIFIED) } },
    select: { userId: true },
  });
  return known && `${known.userId} ${tokenHash}`;
}
