/** The key pair with which this installation identifies itself to push services (VAPID, RFC 8292). */
import { createECDH, hkdfSync } from "node:crypto";
import { env } from "../platform/env";

export type VapidKeys = { publicKey: string; privateKey: string };

const CURVE = "prime256v1";
const KEY_BYTES = 32;

/**
 * The keys in base64url. They are derived from AUTH_SECRET, which the first start makes: all instances have the same,
 * and nothing further has to be stored. With another secret the members switch push on again.
 */
export function vapidKeys(secret = env().AUTH_SECRET): VapidKeys {
  for (let attempt = 0; ; attempt += 1) {
    const info = `evenhour web push ${attempt}`;
    const candidate = Buffer.from(hkdfSync("sha256", secret, "", info, KEY_BYTES));
    try {
      const pair = createECDH(CURVE);
      pair.setPrivateKey(candidate);
      return {
        publicKey: pair.getPublicKey("base64url"),
        privateKey: candidate.toString("base64url"),
      };
    } catch {
      // Not between 1 and the order of the curve: one candidate of four billion.
    }
  }
}

/** Whether a key of a browser is a point of the curve. */
export function isBrowserKey(p256dh: string): boolean {
  const pair = createECDH(CURVE);
  pair.generateKeys();
  try {
    pair.computeSecret(Buffer.from(p256dh, "base64url"));
    return true;
  } catch {
    return false;
  }
}
