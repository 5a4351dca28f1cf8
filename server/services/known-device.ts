/** Devices on which a user has signed in before; strangers who guess do not lock them out. */
import { db } from "../db/client";
import { hashToken } from "./secret";

/** A device is known this long after its last sign-in. */
export const DEVICE_DAYS = 365;
const DAY = 86_400_000;

/**
 * The key under which tries of a known device are counted; null for any other.
 * @param token of the device's cookie, if it has one
 */
export async function knownDeviceKey(
  email: string,
  token: string | undefined,
  now: Date,
): Promise<string | null> {
  const tokenHash = hashToken(token ?? "");
  const lastUsedAt = { gt: new Date(now.getTime() - DEVICE_DAYS * DAY) };
  const known = await db.knownDevice.findFirst({
    where: { tokenHash, lastUsedAt, user: { email } },
    select: { userId: true },
  });
  return known && `${known.userId} ${tokenHash}`;
}
